// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/socketiopacket.h"
#include "server-lite/core/handlertable.h"
#include "server-lite/core/incomingevents.h"
#include "server-lite/core/recovery.h"
#include "server-lite/core/serversocket.h"
#include "server-lite/transport/engineserver.h"

namespace SocketIo
{

/// Thread: the server's.
class ServerSocket::Private
{
public:
    /// Connecting → Connected → Leaving → Gone, or Connecting → Gone when refused. Never back.
    enum class State { Connecting, Connected, Leaving, Gone };

    Private(ServerSocket *q, Namespace *nsp, Connection *connection, Handshake handshake,
            const std::optional<PersistedSession> &session);

    // What the connection tells
    void open(const QList<MissedEvent> &missed);
    void discard(); ///< refused, or the client left while the middlewares were at work
    void receive(Packet packet);
    void close(const QString &reason, const QString &description = {});
    PersistedSession session() const; ///< what can be recovered of it

    // What the application does
    void emitEvent(const QString &name, const Arguments &arguments, const EmitFlags &flags);
    QFuture<Hubbub::Result<Arguments>> emitWithAck(const QString &name, const Arguments &arguments,
                                                   const EmitFlags &flags);
    void notifyOutgoing(const QString &name, const Arguments &arguments);
    void changeOutgoing(const std::function<void(HandlerList &)> &change); ///< nothing once it is gone
    void leaveByServer();
    void destroyed();
    void report(const QList<Hubbub::Error> &errors);
    Ack makeAck(quint64 ackId);

    ServerSocket *const q;
    Namespace *const nsp;
    Connection *connection; ///< null once the socket is gone
    const QString id;
    const bool recovered;
    const QString clientId;
    const Handshake handshake;
    EngineIo::TransportName lastTransport = EngineIo::TransportName::Polling; ///< when it left
    QCborMap data;
    State state = State::Connecting;
    HandlerTable handlers;
    HandlerList anyHandlers;
    HandlerList outgoingHandlers;
    QList<EventMiddleware> middlewares;

private:
    void send(const QString &name, const Arguments &arguments, std::optional<quint64> ackId,
              EngineIo::SendMode mode);
    void refuse(const Hubbub::Error &error, std::optional<quint64> ackId);

    void setState(State next);
    void leaveEverything(bool byServer);

    QString m_pid; ///< empty if sessions cannot be recovered
    QString m_offset; ///< of the last event before it joined, or that it has seen
    std::chrono::steady_clock::time_point m_disconnectedAt;
    IncomingEvents m_incoming;
};

} // namespace SocketIo
