// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QCborValue>
#include <QtCore/QDateTime>
#include <QtCore/QList>
#include <QtCore/QMetaType>
#include <QtCore/QString>
#include <QtCore/QStringList>

#include <optional>

namespace Hubbub::App
{

/// What chat servers send, read leniently: gateways are written by many hands, so ids may be numbers and
/// times may be ISO text or milliseconds. Nothing if what cannot be done without is missing. Thread: any;
/// plain values.
struct ChatMessage {
    Q_GADGET
public:
    QString id;
    QString roomId;
    QString userId;
    QString username;
    QString content;
    QDateTime timestamp; ///< local time; when it came, if the server gave none
    QString clientMessageId; ///< empty unless the server sends it back ("client-message-id")

    static std::optional<ChatMessage> fromValue(const QCborValue &value);
};

struct ChatPerson {
    Q_GADGET
public:
    QString userId;
    QString username;
    QString presence; ///< "online", "away", "busy", "offline"; empty if not told
    QString roomId; ///< the room it is about, if the server said so
    bool guest = false; ///< has no account there; the server says so ("guest-mark")

    static std::optional<ChatPerson> fromValue(const QCborValue &value);
};

struct ChatRoomInfo {
    Q_GADGET
public:
    QString roomId;
    QString title;
    QString topic;
    int people = -1; ///< -1: not told
    int online = -1;
    QDateTime lastActivity;
    QString preview; ///< of the newest message
    QString previewAuthor;

    static std::optional<ChatRoomInfo> fromValue(const QCborValue &value);
};

struct ChatHistory {
    Q_GADGET
public:
    QString roomId;
    QList<ChatMessage> messages; ///< oldest first
    bool hasMore = true;

    static std::optional<ChatHistory> fromValue(const QCborValue &value);
};

struct ChatIdentity {
    Q_GADGET
public:
    QString userId;
    QString username;
    QStringList features;

    static std::optional<ChatIdentity> fromValue(const QCborValue &value);
};

} // namespace Hubbub::App
