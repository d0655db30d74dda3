// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QString>

namespace Hubbub::App
{

/// How much of a room has not been read, and how much of that speaks to me. Thread: GUI; a plain value.
class UnreadCounter
{
public:
    void setMe(const QString &userId, const QString &name);

    /// Counts one message; true if it mentions me.
    bool note(const QString &text);
    /// What the server or the profile knows already.
    void set(int unread, int mentions);
    bool clear(); ///< true if there was something

    int unread() const { return m_unread; }
    int mentions() const { return m_mentions; }

    /// "@Lena" or "@Lena Hoffmann" as words of their own, whatever their case; "@all" and "@here" too.
    static bool mentions(const QString &text, const QString &userId, const QString &name);

private:
    QString m_userId;
    QString m_name;
    int m_unread = 0;
    int m_mentions = 0;
};

} // namespace Hubbub::App
