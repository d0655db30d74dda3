// SPDX-License-Identifier: MIT
#include "server-lite/core/serversocket.h"

#include "server-lite/core/connection.h"
#include "server-lite/core/namespace_p.h"
#include "server-lite/core/serversocket_p.h"

#include <QtCore/QPromise>

namespace SocketIo
{

ServerSocket::ServerSocket(Namespace *nsp, Connection *connection, Handshake handshake)
    : QObject(nsp)
    , d(std::make_unique<Private>(this, nsp, connection, std::move(handshake)))
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

void ServerSocket::join(const QString &room)
{
    if (d->state != Private::State::Gone)
        d->nsp->d->adapter->addAll(d->id, {room});
}

void ServerSocket::leave(const QString &room)
{
    d->nsp->d->adapter->del(d->id, room);
}

BroadcastOperator ServerSocket::to(const QString &room) const
{
    return broadcast().to(room);
}

BroadcastOperator ServerSocket::except(const QString &room) const
{
    return broadcast().except(room);
}

BroadcastOperator ServerSocket::broadcast() const
{
    return BroadcastOperator(d->nsp).except(d->id);
}

void ServerSocket::emitEvent(const QString &name, const Arguments &arguments)
{
    d->send(name, arguments, {}, EngineIo::SendMode::Reliable);
}

void ServerSocket::emitVolatile(const QString &name, const Arguments &arguments)
{
    d->send(name, arguments, {}, EngineIo::SendMode::Volatile);
}

QFuture<Hubbub::Result<Arguments>> ServerSocket::emitWithAck(const QString &name, const Arguments &arguments,
                                                             std::chrono::milliseconds timeout)
{
    if (!d->connection) {
        QPromise<Hubbub::Result<Arguments>> gone;
        gone.start();
        gone.addResult(
            Hubbub::failure(QStringLiteral("disconnected"), QStringLiteral("The client has left.")));
        gone.finish();
        return gone.future();
    }
    auto [id, future] = d->nsp->d->acks->expect(d->id, timeout);
    d->send(name, arguments, id, EngineIo::SendMode::Reliable);
    return future;
}

void ServerSocket::on(const QString &event, QObject *context, EventHandler handler)
{
    d->handlers[event].add(context ? context : this, std::move(handler));
}

void ServerSocket::onAny(QObject *context, EventHandler handler)
{
    d->anyHandlers.add(context ? context : this, std::move(handler));
}

void ServerSocket::onAnyOutgoing(QObject *context, EventHandler handler)
{
    if (!d->connection)
        return;
    if (d->outgoingHandlers.isEmpty())
        ++d->nsp->d->outgoingListeners;
    d->outgoingHandlers.add(context ? context : this, std::move(handler));
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
