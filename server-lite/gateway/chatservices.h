// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/core/namespace.h"
#include "server-lite/gateway/chatcounters.h"
#include "server-lite/gateway/chatpeople.h"
#include "server-lite/gateway/chatrooms.h"
#include "server-lite/gateway/roomnews.h"
#include "server-lite/gateway/typingboard.h"
#include "server-lite/storage/historystore.h"

namespace Hubbub
{

/// What the sessions of a chat share; owned by the ChatGateway, which outlives them. Thread: the server's.
struct ChatServices {
    SocketIo::Namespace *nsp;
    HistoryStore *history;
    QObject *context; ///< lives as long as the gateway: for answers that matter even after the asker left
    ChatPeople people;
    ChatRooms rooms;
    TypingBoard typing;
    RoomNews news;
    ChatCounters counters;
    bool isDraining = false; ///< the server is about to stop and takes nothing new

    /// The name of a room in the adapter; apart from "user:<id>" and from socket ids, so that nobody joins
    /// those.
    static QString channel(const QString &roomId) { return QStringLiteral("room:") + roomId; }

    /// Sockets that asked for the list of rooms, and hear of changes.
    static QString watchers() { return QStringLiteral("watchers"); }

    /// {roomId, title, members, online}
    QCborMap describe(const QString &roomId) const;
    /// To everybody who shares a room with the person.
    void announcePresence(const ChatUser &user) const;
};

} // namespace Hubbub
