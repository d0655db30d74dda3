// SPDX-License-Identifier: MIT
#include "server-lite/core/serversocket.h"

#include "server-lite/core/connection.h"
#include "server-lite/core/namespace_p.h"
#include "server-lite/core/serversocket_p.h"

namespace SocketIo
{

ServerSocket::ServerSocket(Namespace *nsp, Connection *connection, Handshake handshake,
                           const std::optional<PersistedSession> &session)
    : QObject(nsp)
    , d(std::make_unique<Private>(this, nsp, connection, std::move(handshake), session))
{
}

ServerSocket::~ServerSocket()
{
    d->destroyed();
}

QString ServerSocket::id() const
{
    return d->id;
}

Namespace *ServerSocket::nsp() const
{
    return d->nsp;
}

const Handshake &ServerSocket::handshake() const
{
    return d->handshake;
}

bool ServerSocket::isConnected() const
{
    return d->state == Private::State::Connected || d->state == Private::State::Leaving;
}

EngineIo::TransportName ServerSocket::transport() const
{
    return d->connection ? d->connection->transport() : d->lastTransport;
}

bool ServerSocket::recovered() const
{
    return d->recovered;
}

QString ServerSocket::clientId() const
{
    return d->clientId;
}

QSet<QString> ServerSocket::rooms() const
{
    return d->nsp->d->adapter->socketRooms(d->id);
}

const QCborMap &ServerSocket::data() const
{
    return d->data;
}

void ServerSocket::setData(const QCborMap &data)
{
    d->data = data;
    Q_EMIT dataChanged();
}

void ServerSocket::join(const QStringList &rooms)
{
    if (d->state != Private::State::Gone)
        d->nsp->d->adapter->addAll(d->id, QSet<QString>(rooms.cbegin(), rooms.cend()));
}

void ServerSocket::leave(const QString &room)
{
    d->nsp->d->adapter->del(d->id, room);
}

void ServerSocket::leave(const QStringList &rooms)
{
    for (const QString &room : rooms)
        leave(room);
}

BroadcastOperator ServerSocket::broadcast() const
{
    return BroadcastOperator(d->nsp).except(d->id);
}

SocketEmitter ServerSocket::asVolatile() const
{
    return {d->q, {.isVolatile = true}};
}

SocketEmitter ServerSocket::compress(bool wanted) const
{
    return {d->q, {.compress = wanted}};
}

SocketEmitter ServerSocket::timeout(std::chrono::milliseconds deadline) const
{
    return {d->q, {.timeout = deadline}};
}

void ServerSocket::emitEvent(const QString &name, const Arguments &arguments)
{
    d->emitEvent(name, arguments, {});
}

void ServerSocket::emitVolatile(const QString &name, const Arguments &arguments)
{
    d->emitEvent(name, arguments, {.isVolatile = true});
}

QFuture<Hubbub::Result<Arguments>> ServerSocket::emitWithAck(const QString &name, const Arguments &arguments,
                                                             std::optional<std::chrono::milliseconds> timeout)
{
    return d->emitWithAck(name, arguments, {.timeout = timeout});
}

void ServerSocket::on(const QString &event, QObject *context, EventHandler handler)
{
    d->handlers[event].add(context ? context : this, std::move(handler));
}

void ServerSocket::once(const QString &event, QObject *context, EventHandler handler)
{
    d->handlers[event].addOnce(context ? context : this, std::move(handler));
}

void ServerSocket::off(const QString &event, const QObject *context)
{
    if (const auto it = d->handlers.find(event); it != d->handlers.end())
        it->remove(context ? context : this);
}

void ServerSocket::removeAllListeners(const QString &event)
{
    d->handlers.remove(event);
}

void ServerSocket::removeAllListeners()
{
    d->handlers.clear();
}

qsizetype ServerSocket::listenerCount(const QString &event) const
{
    return d->handlers.value(event).size();
}

void ServerSocket::onAny(QObject *context, EventHandler handler)
{
    d->anyHandlers.add(context ? context : this, std::move(handler));
}

void ServerSocket::prependAny(QObject *context, EventHandler handler)
{
    d->anyHandlers.prepend(context ? context : this, std::move(handler));
}

void ServerSocket::offAny(const QObject *context)
{
    d->anyHandlers.remove(context ? context : this);
}

void ServerSocket::offAny()
{
    d->anyHandlers = {};
}

qsizetype ServerSocket::listenersAny() const
{
    return d->anyHandlers.size();
}

void ServerSocket::onAnyOutgoing(QObject *context, EventHandler handler)
{
    d->changeOutgoing([&](HandlerList &list) { list.add(context ? context : this, std::move(handler)); });
}

void ServerSocket::prependAnyOutgoing(QObject *context, EventHandler handler)
{
    d->changeOutgoing([&](HandlerList &list) { list.prepend(context ? context : this, std::move(handler)); });
}

void ServerSocket::offAnyOutgoing(const QObject *context)
{
    d->changeOutgoing([&](HandlerList &list) { list.remove(context ? context : this); });
}

void ServerSocket::offAnyOutgoing()
{
    d->changeOutgoing([](HandlerList &list) { list = {}; });
}

qsizetype ServerSocket::listenersAnyOutgoing() const
{
    return d->outgoingHandlers.size();
}

void ServerSocket::use(EventMiddleware middleware)
{
    d->middlewares.append(std::move(middleware));
}

void ServerSocket::disconnectSocket(bool closeConnection)
{
    if (d->state != Private::State::Connected)
        return;
    if (closeConnection)
        d->connection->disconnectAll();
    else
        d->leaveByServer();
}

} // namespace SocketIo
