// SPDX-License-Identifier: MIT
#include "server-lite/gateway/chatservices.h"

#include <algorithm>

namespace Hubbub
{

using namespace Qt::StringLiterals;

QCborMap ChatServices::describe(const QString &roomId) const
{
    const auto members = rooms.members(roomId);
    const auto online = std::count_if(members.begin(), members.end(),
                                      [this](const ChatUser &user) { return people.isOnline(user.id); });
    return {{u"roomId"_s, roomId},
            {u"title"_s, rooms.title(roomId)},
            {u"members"_s, qint64(members.size())},
            {u"online"_s, qint64(online)}};
}

void ChatServices::announcePresence(const ChatUser &user) const
{
    const auto shared = rooms.roomsOf(user.id);
    if (shared.isEmpty())
        return;
    SocketIo::BroadcastOperator everybody(nsp);
    for (const auto &roomId : shared)
        everybody = everybody.to(channel(roomId));
    auto payload = user.toMap();
    payload.insert(u"presence"_s, people.isOnline(user.id) ? u"online"_s : u"offline"_s);
    everybody.emitEvent(u"presence"_s, payload);
}

} // namespace Hubbub
