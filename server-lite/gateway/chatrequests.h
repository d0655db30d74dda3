// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/event.h"

/// Reads what clients ask the chat gateway for. Nothing is converted, trimmed or guessed: a payload has the
/// right types and lengths, or the request is refused. Lengths count UTF-16 units, as JavaScript does.
/// Errors: "invalid-payload", with a sentence that names the field. Thread: any; pure functions.
namespace Hubbub::ChatRequests
{

inline constexpr qsizetype maxRoomIdLength = 128;
inline constexpr qsizetype maxMessageLength = 8000;
inline constexpr qsizetype maxClientMessageIdLength = 128;
inline constexpr int defaultPageSize = 50;
inline constexpr int maxPageSize = 100;

struct SendMessage {
    QString roomId;
    QString message; ///< as it came: text, never markup
    QString clientMessageId; ///< empty if there is none
};

struct LoadHistory {
    QString roomId;
    QString before; ///< id of a message; empty for the newest
    int limit = defaultPageSize;
};

/// {roomId}
Result<QString> room(const SocketIo::Event &event);
/// {roomId, message, clientMessageId?}
Result<SendMessage> sendMessage(const SocketIo::Event &event);
/// {roomId, before?, limit?}
Result<LoadHistory> loadHistory(const SocketIo::Event &event);

} // namespace Hubbub::ChatRequests
