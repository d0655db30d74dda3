// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/gateway/chatuser.h"

#include <QtCore/QHash>
#include <QtCore/QSet>

namespace Hubbub
{

/// Who is there. Somebody with a phone and two windows is one person, there until the last socket goes.
/// Thread: the server's.
class ChatPeople
{
public:
    /// True if the person was not there before.
    bool arrive(const QString &userId, const QString &socketId);
    /// True if the person is not there any more.
    bool depart(const QString &userId, const QString &socketId);

    bool isOnline(const QString &userId) const { return m_sockets.contains(userId); }
    qsizetype count() const { return m_sockets.size(); }

private:
    QHash<QString, QSet<QString>> m_sockets; ///< by user; never an empty set
};

} // namespace Hubbub
