// SPDX-License-Identifier: MIT
#include "app/chat/unreadcounter.h"

#include <QtCore/QStringList>

#include <algorithm>

namespace Hubbub::App
{

using namespace Qt::StringLiterals;

void UnreadCounter::setMe(const QString &userId, const QString &name)
{
    m_userId = userId;
    m_name = name;
}

bool UnreadCounter::note(const QString &text)
{
    const bool mentioned = mentions(text, m_userId, m_name);
    m_unread += 1;
    m_mentions += mentioned ? 1 : 0;
    return mentioned;
}

void UnreadCounter::set(int unread, int mentions)
{
    m_unread = std::max(0, unread);
    m_mentions = std::clamp(mentions, 0, m_unread);
}

bool UnreadCounter::clear()
{
    const bool any = m_unread > 0;
    m_unread = 0;
    m_mentions = 0;
    return any;
}

bool UnreadCounter::mentions(const QString &text, const QString &userId, const QString &name)
{
    const QStringList names{name, name.section(u' ', 0, 0), userId, u"all"_s, u"here"_s};
    for (qsizetype at = text.indexOf(u'@'); at >= 0; at = text.indexOf(u'@', at + 1)) {
        if (at > 0 && text.at(at - 1).isLetterOrNumber())
            continue; // an e-mail address
        for (const QString &mine : names) {
            const qsizetype end = at + 1 + mine.size();
            if (!mine.isEmpty() && QStringView(text).mid(at + 1).startsWith(mine, Qt::CaseInsensitive)
                && (end >= text.size() || !text.at(end).isLetterOrNumber()))
                return true;
        }
    }
    return false;
}

} // namespace Hubbub::App
