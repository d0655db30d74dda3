// SPDX-License-Identifier: MIT
#include "libclient/client/socket.h"

#include "libclient/client/socket_p.h"

using namespace Qt::StringLiterals;

namespace SocketIo
{

Socket::Socket(Manager *manager, const QString &nsp)
    : QObject(manager)
    , d(std::make_unique<Private>(this, manager->d.get(), nsp))
{
}

Socket::~Socket()
{
    const QList<PendingAck> pending = d->abandon();
    d.reset();
    for (const PendingAck &ack : pending)
        ack.finish(
            Hubbub::failure(u"disconnected"_s, u"The connection was given up before the answer came."_s));
}

QString Socket::nsp() const
{
    return d->nsp;
}
QString Socket::id() const
{
    return d->id;
}
Manager *Socket::manager() const
{
    return d->manager->q;
}
ConnectionState Socket::state() const
{
    return d->machine.state();
}
bool Socket::isConnected() const
{
    return d->isConnected();
}
bool Socket::isActive() const
{
    return d->active;
}

QDateTime Socket::retryAt() const
{
    if (state() != ConnectionState::Waiting)
        return {};
    return d->ownRetryAt.isValid() ? d->ownRetryAt : d->manager->retryAt;
}

int Socket::attempt() const
{
    return d->manager->attempt;
}
Hubbub::Error Socket::lastError() const
{
    return d->lastError;
}
std::optional<std::chrono::milliseconds> Socket::roundTrip() const
{
    return d->roundTrip;
}
qsizetype Socket::bufferedCount() const
{
    return d->buffer.count();
}

void Socket::setAuth(const QCborMap &auth)
{
    d->auth = [auth](const std::function<void(QCborMap)> &answer) { answer(auth); };
}

void Socket::setAuth(AuthProvider provider)
{
    d->auth = std::move(provider);
}

void Socket::connectToServer()
{
    d->connectToServer();
}
void Socket::disconnectFromServer()
{
    d->disconnectFromServer();
}

Hubbub::Result<void> Socket::emitEvent(const QString &name, const Arguments &arguments)
{
    return d->emitEvent(name, arguments, std::nullopt);
}

bool Socket::emitVolatile(const QString &name, const Arguments &arguments)
{
    return d->emitVolatile(name, arguments);
}

QFuture<Hubbub::Result<Arguments>> Socket::emitWithAck(const QString &name, const Arguments &arguments,
                                                       std::chrono::milliseconds timeout)
{
    return d->emitWithAck(name, arguments, timeout);
}

void Socket::on(const QString &event, QObject *context, EventHandler handler)
{
    d->incoming.add(event, context, std::move(handler));
}

void Socket::onAny(QObject *context, EventHandler handler)
{
    d->incoming.addAny(context, std::move(handler));
}

void Socket::onAnyOutgoing(QObject *context, EventHandler handler)
{
    d->outgoing.addAny(context, std::move(handler));
}

void Socket::off(const QString &event, const QObject *context)
{
    d->incoming.remove(event, context);
}

} // namespace SocketIo
