// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/auth/jwtkey.h"
#include "server-lite/auth/jwtpolicy.h"
#include "server-lite/core/server.h"
#include "server-lite/gateway/chatservices.h"
#include "server-lite/middleware/eventschemas.h"
#include "server-lite/middleware/ratelimits.h"

#include <QtCore/QObject>

namespace Hubbub
{

class ChatSession;

/// The authenticated chat on namespace /chat: docs/protocol.md says what it understands. Thread: the
/// server's.
class ChatGateway : public QObject
{
    Q_OBJECT
public:
    /// Server and history have to outlive it.
    ChatGateway(SocketIo::Server *server, HistoryStore *history, JwtKey key, JwtPolicy policy,
                const QList<FixedRoom> &rooms, QObject *parent = nullptr);
    ~ChatGateway() override;

    /// Bounds what people may send; once, before anybody comes in.
    void setRateLimits(const RateLimits::Limits &limits);
    const RateLimits *rateLimits() const { return m_limits; } ///< null if there are none

    static QStringList features();

    qsizetype peopleCount() const { return m_services.people.count(); }
    const ChatCounters &counters() const { return m_services.counters; }

    /// From now on messages are refused as "shutting-down"; those on their way to the disk are still
    /// answered.
    void drain() { m_services.isDraining = true; }

Q_SIGNALS:
    /// With the first socket of a person, and with the last one.
    void personJoined(const Hubbub::ChatUser &person, const QString &address);
    void personLeft(const Hubbub::ChatUser &person, const QString &address);
    void personRefused(const QString &reason, const QString &address);

private:
    void accept(SocketIo::ServerSocket *socket);
    void refuse(SocketIo::ServerSocket *socket, const QString &message);
    void welcome(SocketIo::ServerSocket *socket, const ChatUser &user);
    void checkForm(SocketIo::ServerSocket *socket);
    void depart(ChatSession *session, SocketIo::ServerSocket *socket);
    void tellWatchers(const QString &roomId, const std::optional<StoredMessage> &message) const;

    JwtKey m_key;
    JwtPolicy m_policy;
    EventSchemas m_schemas;
    ChatServices m_services;
    RateLimits *m_limits = nullptr; ///< a child
};

} // namespace Hubbub
