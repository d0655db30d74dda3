// SPDX-License-Identifier: MIT
#include "server-lite/gateway/chatrooms.h"

#include <algorithm>

namespace Hubbub
{

ChatRooms::ChatRooms(const QList<FixedRoom> &fixed)
{
    for (const auto &room : fixed)
        m_rooms.insert(room.id, Room{{}, {}, true, room.title});
}

bool ChatRooms::enter(const QString &roomId, const ChatUser &user, const QString &socketId)
{
    auto &room = m_rooms[roomId];
    auto &member = room.members[user.id];
    const bool isFirst = member.sockets.isEmpty();
    member.user = user;
    member.sockets.insert(socketId);
    room.away.removeOne(user.id);
    m_ofNobody.removeOne(roomId);
    m_roomsOf[user.id].insert(roomId);
    return isFirst;
}

bool ChatRooms::leave(const QString &roomId, const QString &userId, const QString &socketId)
{
    const auto room = m_rooms.find(roomId);
    if (room == m_rooms.end())
        return false;
    const auto member = room->members.find(userId);
    if (member == room->members.end() || !member->sockets.remove(socketId) || !member->sockets.isEmpty())
        return false;
    forget(*room, roomId, userId);
    settle(roomId);
    return true;
}

void ChatRooms::detach(const QString &roomId, const QString &userId, const QString &socketId)
{
    const auto room = m_rooms.find(roomId);
    if (room == m_rooms.end())
        return;
    const auto member = room->members.find(userId);
    if (member == room->members.end() || !member->sockets.remove(socketId) || !member->sockets.isEmpty())
        return;
    room->away.append(userId);
    if (room->away.size() > maxMembersAway)
        forget(*room, roomId, QString(room->away.first()));
    settle(roomId);
}

void ChatRooms::forget(Room &room, const QString &roomId, const QString &userId)
{
    room.members.remove(userId);
    room.away.removeOne(userId);
    const auto rooms = m_roomsOf.find(userId);
    if (rooms != m_roomsOf.end() && rooms->remove(roomId) && rooms->isEmpty())
        m_roomsOf.erase(rooms);
}

/// After somebody went: a room without anybody ends, one with members away only waits, as long as there is
/// space.
void ChatRooms::settle(const QString &roomId)
{
    const auto room = m_rooms.find(roomId);
    if (room == m_rooms.end() || room->isFixed || room->away.size() < room->members.size())
        return;
    if (room->members.isEmpty()) {
        m_ofNobody.removeOne(roomId);
        m_rooms.erase(room);
        return;
    }
    if (!m_ofNobody.contains(roomId))
        m_ofNobody.append(roomId);
    if (m_ofNobody.size() <= maxRoomsOfNobody)
        return;
    const auto oldest = m_ofNobody.takeFirst();
    auto &dropped = m_rooms[oldest];
    const auto users = dropped.members.keys();
    for (const auto &userId : users)
        forget(dropped, oldest, userId);
    m_rooms.remove(oldest);
}

QString ChatRooms::title(const QString &roomId) const
{
    const auto room = m_rooms.constFind(roomId);
    return room == m_rooms.constEnd() || room->title.isEmpty() ? roomId : room->title;
}

QList<ChatUser> ChatRooms::members(const QString &roomId) const
{
    QList<ChatUser> users;
    const auto room = m_rooms.constFind(roomId);
    if (room == m_rooms.constEnd())
        return users;
    for (const auto &member : room->members)
        users.append(member.user);
    std::sort(users.begin(), users.end(), [](const ChatUser &a, const ChatUser &b) {
        const auto order = a.username.compare(b.username, Qt::CaseInsensitive);
        return order != 0 ? order < 0 : a.id < b.id;
    });
    return users;
}

qsizetype ChatRooms::memberCount(const QString &roomId) const
{
    const auto room = m_rooms.constFind(roomId);
    return room == m_rooms.constEnd() ? 0 : room->members.size();
}

} // namespace Hubbub
