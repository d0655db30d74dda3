// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QList>
#include <QtCore/QString>

namespace Hubbub::App
{

/// A stretch of a message that is a web address. Thread: any; a plain value.
struct WebLink {
    qsizetype start = 0;
    qsizetype length = 0;
    QString address; ///< what is opened: the stretch itself, with https:// before one that begins with www.
};

/// Finds the web addresses in what somebody wrote, who may be a stranger: http and https only, and none that
/// reads like another address than the one it leads to. When in doubt it is no link. Every character is
/// looked at a bounded number of times. Thread: any; it holds nothing beyond the call.
class WebLinkFinder
{
public:
    static constexpr qsizetype MostLinks = 10; ///< of one message; its menu has room for as many
    static constexpr qsizetype MostScanned = 20000; ///< characters of one message
    static constexpr qsizetype LongestLink = 2048;

    static QList<WebLink> linksIn(const QString &text);
    /// Whether the whole text is the address of one link.
    static bool isAddress(const QString &text);

private:
    explicit WebLinkFinder(QStringView text);

    void find();
    qsizetype schemeAt(qsizetype at) const; ///< its length; 0: none begins here
    qsizetype afterLink(qsizetype start, qsizetype scheme); ///< takes the link there, if it is one
    qsizetype endOfRun(qsizetype at) const;
    qsizetype endOfWord(qsizetype at) const;
    qsizetype withoutTrailing(qsizetype start, qsizetype end) const;
    qsizetype endOfAuthority(qsizetype start, qsizetype end) const;
    bool take(qsizetype start, qsizetype end, bool bare);
    char32_t at(qsizetype at) const;

    QStringView m_text;
    bool m_cut; ///< the message goes on behind m_text
    QList<WebLink> m_links;
};

} // namespace Hubbub::App
