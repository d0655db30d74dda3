// SPDX-License-Identifier: MIT
#include "libclient/client/socket.h"

#include "libclient/client/socket_p.h"

using namespace Qt::StringLiterals;

namespace SocketIo
{

Socket::Socket(Manager *manager, const QString &nsp, const SocketOptions &options)
    : QObject(manager)
    , d(std::make_unique<Private>(this, manager->d.get(), nsp, options))
{
    if (options.authProvider)
        setAuth(options.authProvider);
    else if (!options.auth.isEmpty())
        setAuth(options.auth);
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

bool Socket::recovered() const
{
    return d->recovered;
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
qsizetype Socket::unansweredCount() const
{
    return d->retried.count();
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
    return d->emitEvent(name, arguments, {});
}

Hubbub::Result<void> Socket::emitFlagged(const QString &name, const Arguments &arguments,
                                         const ClientEmitFlags &flags)
{
    return d->emitEvent(name, arguments, flags);
}

bool Socket::emitVolatile(const QString &name, const Arguments &arguments)
{
    return d->emitEvent(name, arguments, {.isVolatile = true}).has_value();
}

QFuture<Hubbub::Result<Arguments>> Socket::emitWithAck(const QString &name, const Arguments &arguments,
                                                       std::optional<std::chrono::milliseconds> timeout)
{
    return d->emitWithAck(name, arguments, {.timeout = timeout});
}

QFuture<Hubbub::Result<Arguments>> Socket::askFlagged(const QString &name, const Arguments &arguments,
                                                      const ClientEmitFlags &flags)
{
    return d->emitWithAck(name, arguments, flags);
}

void Socket::clearBuffer()
{
    d->clearBuffer();
}

void Socket::on(const QString &event, QObject *context, EventHandler handler)
{
    d->incoming.add(event, context, std::move(handler));
}
void Socket::once(const QString &event, QObject *context, EventHandler handler)
{
    d->incoming.addOnce(event, context, std::move(handler));
}
void Socket::off(const QString &event, const QObject *context)
{
    d->incoming.remove(event, context);
}
void Socket::off(const QString &event)
{
    d->incoming.remove(event);
}
void Socket::off()
{
    d->incoming.removeNamed();
}
qsizetype Socket::listenerCount(const QString &event) const
{
    return d->incoming.count(event);
}

void Socket::onAny(QObject *context, EventHandler handler)
{
    d->incoming.addAny(context, std::move(handler));
}
void Socket::prependAny(QObject *context, EventHandler handler)
{
    d->incoming.prependAny(context, std::move(handler));
}
void Socket::offAny(const QObject *context)
{
    d->incoming.removeAny(context);
}
void Socket::offAny()
{
    d->incoming.removeAny();
}
qsizetype Socket::listenersAny() const
{
    return d->incoming.countAny();
}

void Socket::onAnyOutgoing(QObject *context, EventHandler handler)
{
    d->outgoing.addAny(context, std::move(handler));
}
void Socket::prependAnyOutgoing(QObject *context, EventHandler handler)
{
    d->outgoing.prependAny(context, std::move(handler));
}
void Socket::offAnyOutgoing(const QObject *context)
{
    d->outgoing.removeAny(context);
}
void Socket::offAnyOutgoing()
{
    d->outgoing.removeAny();
}
qsizetype Socket::listenersAnyOutgoing() const
{
    return d->outgoing.countAny();
}

} // namespace SocketIo
