// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/gateway/chatuser.h"

#include <QtCore/QHash>
#include <QtCore/QSet>

namespace Hubbub
{

/// Who is there, and by which name. Somebody with a phone and two windows is one person, there until the last
/// socket goes. Thread: the server's.
class ChatPeople
{
public:
    /// The name the person will go by. An account's name is its own. A guest's gets a number, "Noor (2)", if
    /// it reads like that of somebody else who is there.
    QString nameFor(const ChatUser &person) const;

    /// True if the person was not there before. `person` has the name it goes by.
    bool arrive(const ChatUser &person, const QString &socketId);
    /// True if the person is not there any more.
    bool depart(const QString &userId, const QString &socketId);

    bool isOnline(const QString &userId) const { return m_there.contains(userId); }
    qsizetype count() const { return m_there.size(); }

private:
    struct Presence {
        QSet<QString> sockets; ///< never empty
        QString nameKey;
    };

    void rename(Presence &presence, const QString &userId, const QString &nameKey);
    bool isTaken(const QString &name, const QString &userId) const;

    QHash<QString, Presence> m_there; ///< by user
    QHash<QString, QSet<QString>> m_named; ///< users who are there, by the key of their name; never empty
};

} // namespace Hubbub
