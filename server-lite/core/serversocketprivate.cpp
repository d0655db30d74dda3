// SPDX-License-Identifier: MIT
#include "server-lite/core/serversocket_p.h"

#include "server-lite/core/connection.h"
#include "server-lite/core/logging.h"
#include "server-lite/core/middlewarechain.h"
#include "server-lite/core/namespace_p.h"
#include "server-lite/core/socketid.h"

using namespace Qt::StringLiterals;

namespace SocketIo
{

namespace
{

/// The answer to a command that failed, as the chat gateway's contract words it.
Arguments failedAnswer(const QString &code, const QString &message,
                       const QCborValue &data = QCborValue::Undefined)
{
    QCborMap error{{u"code"_s, code}, {u"message"_s, message}};
    if (!data.isUndefined())
        error.insert(u"data"_s, data);
    return Arguments{QCborMap{{u"success"_s, false}, {u"error"_s, error}}};
}

} // namespace

ServerSocket::Private::Private(ServerSocket *q_, Namespace *nsp_, Connection *connection_,
                               Handshake handshake_)
    : q(q_)
    , nsp(nsp_)
    , connection(connection_)
    , id(makeSocketId())
    , clientId(connection_->clientId())
    , handshake(std::move(handshake_))
{
}

void ServerSocket::Private::setState(State next)
{
    Q_ASSERT(next > state);
    state = next;
}

void ServerSocket::Private::open()
{
    setState(State::Connected);
    nsp->d->add(q);
    nsp->d->adapter->addAll(id, {id});
    connection->send(
        Packet{.type = PacketType::Connect, .nsp = nsp->d->name, .data = QCborMap{{u"sid"_s, id}}},
        EngineIo::SendMode::Alone);
    Q_EMIT nsp->connection(q);
}

void ServerSocket::Private::discard()
{
    setState(State::Gone);
    leaveEverything(false);
    q->deleteLater();
}

void ServerSocket::Private::receive(Packet packet)
{
    switch (packet.type) {
    case PacketType::Event:
        if (!m_inMiddleware && m_waiting.empty()) {
            start(std::move(packet));
        } else if (m_waiting.size() < maxWaiting) {
            m_waiting.push_back(std::move(packet));
        } else {
            qCWarning(lcServer) << "closing" << id << "for sending faster than its middlewares let through";
            connection->close(u"forced close"_s);
        }
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

void ServerSocket::Private::start(Packet packet)
{
    const Event event{std::move(packet.name), std::move(packet.arguments),
                      packet.id ? makeAck(*packet.id) : Ack()};
    const QPointer<QObject> guard(q);
    if (!anyHandlers.isEmpty()) {
        const auto outcome = HandlerList(anyHandlers).call(event, guard);
        if (!guard)
            return;
        report(outcome.errors);
    }
    if (!guard || state != State::Connected)
        return;
    if (middlewares.isEmpty())
        deliver(event);
    else
        runMiddlewares(event);
}

void ServerSocket::Private::runMiddlewares(const Event &event)
{
    m_inMiddleware = true;
    MiddlewareChain::run(
        q, middlewares.size(),
        [event, steps = middlewares](qsizetype index, Next next) { steps.at(index)(event, std::move(next)); },
        // The chain ends only while q lives.
        [this, event](const std::optional<Refusal> &refusal) { afterMiddlewares(event, refusal); });
}

void ServerSocket::Private::afterMiddlewares(const Event &event, const std::optional<Refusal> &refusal)
{
    const QPointer<QObject> guard(q);
    m_inMiddleware = false;
    if (state == State::Connected && refusal) {
        const QString code = refusal->data.toMap().value(u"code"_s).toString(u"refused"_s);
        event.ack(failedAnswer(code, refusal->message, refusal->data));
        Q_EMIT q->error({u"event-refused"_s, refusal->message, u"event \"%1\""_s.arg(event.name)});
    } else if (state == State::Connected) {
        deliver(event);
    }
    if (guard)
        startWaiting();
}

void ServerSocket::Private::startWaiting()
{
    if (m_startingWaiting)
        return; // the loop below goes on
    m_startingWaiting = true;
    const QPointer<QObject> guard(q);
    while (!m_inMiddleware && !m_waiting.empty()) {
        Packet packet = std::move(m_waiting.front());
        m_waiting.pop_front();
        if (state == State::Connected)
            start(std::move(packet));
        if (!guard)
            return;
    }
    m_startingWaiting = false;
}

void ServerSocket::Private::deliver(const Event &event)
{
    if (!handlers.contains(event.name))
        return;
    const QPointer<QObject> guard(q);
    const HandlerList list = handlers.value(event.name);
    const auto outcome = list.call(event, guard);
    if (!outcome.errors.isEmpty() && outcome.ran == 0)
        event.ack(failedAnswer(outcome.errors.first().code, outcome.errors.first().message));
    if (!guard)
        return;
    if (outcome.hasDead)
        handlers[event.name].prune();
    report(outcome.errors);
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
            .type = PacketType::Ack, .nsp = socket->d->nsp->d->name, .id = ackId, .arguments = arguments});
    });
}

void ServerSocket::Private::send(const QString &name, const Arguments &arguments,
                                 std::optional<quint64> ackId, EngineIo::SendMode mode)
{
    if (!connection)
        return;
    const auto frames = nsp->d->encode(name, arguments, ackId);
    if (!frames) {
        qCWarning(lcServer).noquote() << "emit refused:" << frames.error().message;
        if (ackId)
            nsp->d->acks->fail(*ackId, frames.error());
        Q_EMIT q->error(frames.error());
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

void ServerSocket::Private::leaveByServer()
{
    if (state != State::Connected)
        return;
    connection->send(Packet{.type = PacketType::Disconnect, .nsp = nsp->d->name});
    close(u"server namespace disconnect"_s);
}

void ServerSocket::Private::close(const QString &reason)
{
    if (state != State::Connected)
        return;
    setState(State::Leaving);
    const QPointer<ServerSocket> guard(q);
    const QPointer<Namespace> nspGuard(nsp);
    Q_EMIT q->disconnecting(reason);
    if (!guard)
        return;
    setState(State::Gone);
    leaveEverything(reason == "server namespace disconnect"_L1);
    if (!guard)
        return;
    Q_EMIT q->disconnected(reason);
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
    m_waiting.clear();
    lastTransport = connection->transport();
    nsp->d->remove(id);
    std::exchange(connection, nullptr)->forget(q, nsp->d->name, byServer);
    // The rest runs other people's code, which may destroy this.
    const QString ownId = id;
    const QPointer<Namespace> left(nsp);
    left->d->adapter->delAll(ownId);
    if (left)
        left->d->acks->drop(ownId);
}

} // namespace SocketIo
