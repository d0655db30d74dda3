// SPDX-License-Identifier: MIT
#include "server-lite/core/broadcastoperator.h"

#include "server-lite/core/namespace_p.h"
#include "server-lite/core/serversocket.h"

#include <QtCore/QPromise>

namespace SocketIo
{

BroadcastOperator::BroadcastOperator(Namespace *nsp, BroadcastOptions options)
    : m_namespace(nsp)
    , m_options(std::move(options))
{
}

BroadcastOperator BroadcastOperator::to(const QString &room) const
{
    BroadcastOperator next = *this;
    next.m_options.rooms.insert(room);
    return next;
}

BroadcastOperator BroadcastOperator::except(const QString &room) const
{
    BroadcastOperator next = *this;
    next.m_options.except.insert(room);
    return next;
}

BroadcastOperator BroadcastOperator::asVolatile() const
{
    BroadcastOperator next = *this;
    next.m_options.isVolatile = true;
    return next;
}

void BroadcastOperator::emitEvent(const QString &name, const Arguments &arguments) const
{
    if (m_namespace)
        m_namespace->d->broadcast(m_options, name, arguments);
}

QFuture<BroadcastReplies>
BroadcastOperator::emitWithAck(const QString &name, const Arguments &arguments,
                               std::optional<std::chrono::milliseconds> timeout) const
{
    if (m_namespace)
        return m_namespace->d->broadcastWithAck(m_options, name, arguments, timeout);
    QPromise<BroadcastReplies> nobody;
    nobody.start();
    nobody.addResult(BroadcastReplies{});
    nobody.finish();
    return nobody.future();
}

QList<ServerSocket *> BroadcastOperator::fetchSockets() const
{
    return m_namespace ? m_namespace->d->targets(m_options) : QList<ServerSocket *>();
}

void BroadcastOperator::socketsJoin(const QString &room) const
{
    const auto sockets = fetchSockets();
    const QList<QPointer<ServerSocket>> guarded(sockets.cbegin(), sockets.cend());
    for (const auto &socket : guarded) {
        if (socket)
            socket->join(room);
    }
}

void BroadcastOperator::socketsLeave(const QString &room) const
{
    const auto sockets = fetchSockets();
    const QList<QPointer<ServerSocket>> guarded(sockets.cbegin(), sockets.cend());
    for (const auto &socket : guarded) {
        if (socket)
            socket->leave(room);
    }
}

void BroadcastOperator::disconnectSockets(bool closeConnection) const
{
    const auto sockets = fetchSockets();
    const QList<QPointer<ServerSocket>> guarded(sockets.cbegin(), sockets.cend());
    for (const auto &socket : guarded) {
        if (socket)
            socket->disconnectSocket(closeConnection);
    }
}

} // namespace SocketIo
