// SPDX-License-Identifier: MIT
#include "server-lite/core/serversocket_p.h"

#include "server-lite/core/connection.h"
#include "server-lite/core/logging.h"
#include "server-lite/core/namespace_p.h"
#include "server-lite/core/readyfuture.h"
#include "server-lite/core/server.h"
#include "server-lite/core/socketid.h"

using namespace Qt::StringLiterals;

namespace SocketIo
{

namespace
{

/// The connection broke, and nobody wished the client away.
bool isRecoverable(const QString &reason)
{
    static const QSet<QString> reasons{u"transport error"_s,      u"transport close"_s,
                                       u"forced close"_s,         u"ping timeout"_s,
                                       u"server shutting down"_s, u"forced server close"_s};
    return reasons.contains(reason);
}

} // namespace

ServerSocket::Private::Private(ServerSocket *q_, Namespace *nsp_, Connection *connection_,
                               Handshake handshake_, const std::optional<PersistedSession> &session)
    : q(q_)
    , nsp(nsp_)
    , connection(connection_)
    , id(session ? session->sid : makeSocketId())
    , recovered(session.has_value())
    , clientId(connection_->clientId())
    , handshake(std::move(handshake_))
    , m_incoming(*this)
{
    if (session) {
        data = session->data;
        m_pid = session->pid;
        m_offset = session->offset;
        m_disconnectedAt = session->disconnectedAt;
    }
}

void ServerSocket::Private::setState(State next)
{
    Q_ASSERT(next > state);
    state = next;
}

void ServerSocket::Private::open(const QList<MissedEvent> &missed)
{
    setState(State::Connected);
    nsp->d->add(q);
    nsp->d->adapter->addAll(id, {id});
    const QString nspName = nsp->d->nspName;
    // Before CONNECT, as the reference; the client keeps them until it has read that.
    for (const MissedEvent &event : missed)
        connection->send(Packet{.nsp = nspName, .name = event.name, .arguments = event.arguments});
    QCborMap hello{{u"sid"_s, id}};
    if (const QString offset = nsp->d->adapter->offset(); !offset.isEmpty()) {
        if (!recovered) {
            m_pid = makeSocketId();
            m_offset = offset;
        }
        hello.insert(u"pid"_s, m_pid);
    }
    connection->send(Packet{.type = PacketType::Connect, .nsp = nspName, .data = hello},
                     EngineIo::SendMode::Alone);
    Q_EMIT nsp->connection(q);
}

PersistedSession ServerSocket::Private::session() const
{
    return {m_pid, id, nsp->d->adapter->socketRooms(id), data, m_offset, m_disconnectedAt};
}

void ServerSocket::Private::discard()
{
    setState(State::Gone);
    if (recovered) // it may come back with what was missing
        nsp->d->adapter->persistSession(session());
    leaveEverything(false);
    q->deleteLater();
}

void ServerSocket::Private::receive(Packet packet)
{
    switch (packet.type) {
    case PacketType::Event:
        m_incoming.take(std::move(packet));
        return;
    case PacketType::Ack:
        if (packet.id)
            nsp->d->acks->settle(id, *packet.id, packet.arguments);
        return;
    case PacketType::Disconnect:
        close(u"client namespace disconnect"_s);
        return;
    case PacketType::Connect:
    case PacketType::ConnectError:
        Q_UNREACHABLE(); // the connection ends on these
    }
}

void ServerSocket::Private::report(const QList<Hubbub::Error> &errors)
{
    const QPointer<QObject> guard(q);
    for (const auto &error : errors) {
        if (guard)
            Q_EMIT q->error(error);
    }
}

Ack ServerSocket::Private::makeAck(quint64 ackId)
{
    return Ack([socket = QPointer<ServerSocket>(q), ackId](const Arguments &arguments) {
        if (!socket || !socket->d->connection)
            return;
        socket->d->connection->send(Packet{
            .type = PacketType::Ack, .nsp = socket->d->nsp->d->nspName, .id = ackId, .arguments = arguments});
    });
}

void ServerSocket::Private::emitEvent(const QString &name, const Arguments &arguments, const EmitFlags &flags)
{
    if (m_pid.isEmpty() || state != State::Connected) {
        send(name, arguments, {},
             flags.isVolatile ? EngineIo::SendMode::Volatile : EngineIo::SendMode::Reliable);
        return;
    }
    // Through the adapter, which records it. That has nobody to tell what is wrong with it.
    if (isReservedEvent(name) || arguments.hasBinary()) {
        if (const auto frames = nsp->d->encode(name, arguments, {}); !frames) {
            refuse(frames.error(), {});
            return;
        }
    }
    nsp->d->adapter->broadcast({.rooms = {id}, .isVolatile = flags.isVolatile, .compress = flags.compress},
                               name, arguments);
}

QFuture<Hubbub::Result<Arguments>>
ServerSocket::Private::emitWithAck(const QString &name, const Arguments &arguments, const EmitFlags &flags)
{
    if (!connection)
        return readyFuture(
            Hubbub::Result<Arguments>(Hubbub::failure(u"disconnected"_s, u"The client has left."_s)));
    auto [ackId, future] =
        nsp->d->acks->expect(id, flags.timeout.value_or(nsp->d->server->options().ackTimeout));
    send(name, arguments, ackId,
         flags.isVolatile ? EngineIo::SendMode::Volatile : EngineIo::SendMode::Reliable);
    return future;
}

void ServerSocket::Private::refuse(const Hubbub::Error &error, std::optional<quint64> ackId)
{
    qCWarning(lcServer).noquote() << "emit refused:" << error.message;
    if (ackId)
        nsp->d->acks->fail(*ackId, error);
    Q_EMIT q->error(error);
}

void ServerSocket::Private::send(const QString &name, const Arguments &arguments,
                                 std::optional<quint64> ackId, EngineIo::SendMode mode)
{
    if (!connection)
        return;
    const auto frames = nsp->d->encode(name, arguments, ackId);
    if (!frames) {
        refuse(frames.error(), ackId);
        return;
    }
    connection->send(*frames, mode);
    notifyOutgoing(name, arguments);
}

void ServerSocket::Private::notifyOutgoing(const QString &name, const Arguments &arguments)
{
    if (outgoingHandlers.isEmpty())
        return;
    const QPointer<QObject> guard(q);
    const auto outcome = HandlerList(outgoingHandlers).call(Event{name, arguments, {}}, guard);
    if (guard)
        report(outcome.errors);
}

void ServerSocket::Private::changeOutgoing(const std::function<void(HandlerList &)> &change)
{
    if (!connection)
        return;
    const bool listened = !outgoingHandlers.isEmpty();
    change(outgoingHandlers);
    nsp->d->outgoingListeners += int(!outgoingHandlers.isEmpty()) - int(listened);
}

void ServerSocket::Private::leaveByServer()
{
    if (state != State::Connected)
        return;
    connection->send(Packet{.type = PacketType::Disconnect, .nsp = nsp->d->nspName});
    close(u"server namespace disconnect"_s);
}

void ServerSocket::Private::close(const QString &reason, const QString &description)
{
    if (state != State::Connected)
        return;
    setState(State::Leaving);
    const QPointer<ServerSocket> guard(q);
    const QPointer<Namespace> nspGuard(nsp);
    Q_EMIT q->disconnecting(reason, description);
    if (!guard)
        return;
    if (!m_pid.isEmpty() && isRecoverable(reason)) {
        m_disconnectedAt = std::chrono::steady_clock::now();
        nsp->d->adapter->persistSession(session());
    }
    setState(State::Gone);
    leaveEverything(reason == "server namespace disconnect"_L1);
    if (!guard)
        return;
    Q_EMIT q->disconnected(reason, description);
    if (guard && nspGuard)
        Q_EMIT nspGuard->socketDisconnected(q, reason);
    if (guard)
        q->deleteLater();
}

void ServerSocket::Private::destroyed()
{
    if (state == State::Connected)
        leaveByServer();
    if (state != State::Gone) {
        setState(State::Gone);
        leaveEverything(true);
    }
}

void ServerSocket::Private::leaveEverything(bool byServer)
{
    if (!outgoingHandlers.isEmpty())
        --nsp->d->outgoingListeners;
    outgoingHandlers = {};
    m_incoming.clear();
    lastTransport = connection->transport();
    nsp->d->remove(id);
    std::exchange(connection, nullptr)->forget(q, nsp->d->nspName, byServer);
    // The rest runs other people's code, which may destroy this.
    const QString ownId = id;
    const QPointer<Namespace> left(nsp);
    left->d->adapter->delAll(ownId);
    if (left)
        left->d->acks->drop(ownId);
}

} // namespace SocketIo
