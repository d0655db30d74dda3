// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/gateway/chatuser.h"

#include <QtCore/QHash>
#include <QtCore/QList>
#include <QtCore/QSet>
#include <QtCore/QStringList>

namespace Hubbub
{

/// Who belongs to which room. Somebody who leaves is gone; somebody whose connection ends stays a member, so
/// that the others see a person who is away and not one who left. Members away are bounded per room, rooms of
/// nobody in number. Thread: the server's.
class ChatRooms
{
public:
    static constexpr qsizetype maxMembersAway = 200;
    static constexpr qsizetype maxRoomsOfNobody = 1000;

    explicit ChatRooms(const QList<FixedRoom> &fixed = {});

    /// True if the person had no socket in the room before.
    bool enter(const QString &roomId, const ChatUser &user, const QString &socketId);
    /// True if the person left with it: no other socket is in the room.
    bool leave(const QString &roomId, const QString &userId, const QString &socketId);
    /// The connection ended; the person stays a member.
    void detach(const QString &roomId, const QString &userId, const QString &socketId);

    QString title(const QString &roomId) const;
    QList<ChatUser> members(const QString &roomId) const; ///< by name
    qsizetype memberCount(const QString &roomId) const;
    QSet<QString> roomsOf(const QString &userId) const { return m_roomsOf.value(userId); }
    QStringList roomIds() const { return m_rooms.keys(); }

private:
    struct Member {
        ChatUser user;
        QSet<QString> sockets;
    };
    struct Room {
        QHash<QString, Member> members; ///< by user
        QList<QString> away; ///< users without a socket here, the longest away first
        bool isFixed = false;
        QString title;
    };

    void forget(Room &room, const QString &roomId, const QString &userId);
    void settle(const QString &roomId);

    QHash<QString, Room> m_rooms;
    QHash<QString, QSet<QString>> m_roomsOf; ///< by user; never an empty set
    QList<QString> m_ofNobody; ///< rooms with members away only, the longest so first
};

} // namespace Hubbub
