// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QList>
#include <QtCore/QString>

#include <optional>

namespace Hubbub
{

/// A message on its way into the history. Thread: any; a plain value.
struct NewMessage {
    QString roomId;
    QString userId;
    QString username;
    QString content;
    QString clientMessageId; ///< the sender's own name for it, at most once per user; empty if it gave none
    qint64 sentAt = 0; ///< ms since the epoch, of a message brought in from elsewhere, oldest first; 0: now
};

/// A message as the history keeps it. Thread: any; a plain value.
struct StoredMessage {
    QString id; ///< 26 characters; their order is the order of the history
    QString roomId;
    QString userId;
    QString username; ///< as it was when the message was sent
    QString content;
    qint64 timestamp = 0; ///< ms since the epoch, by the server's clock
    QString clientMessageId; ///< empty if the sender gave none

    friend bool operator==(const StoredMessage &, const StoredMessage &) = default;
};

/// What became of an append.
struct AppendResult {
    StoredMessage message;
    bool isRepeat = false; ///< it was stored before; this is that message
};

/// Part of a room's history, oldest first.
struct HistoryPage {
    QList<StoredMessage> messages;
    bool hasMore = false; ///< there are older ones
};

/// A room with at least one message.
struct StoredRoom {
    QString id;
    StoredMessage lastMessage;
};

} // namespace Hubbub
