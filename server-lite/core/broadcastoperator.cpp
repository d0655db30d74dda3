// SPDX-License-Identifier: MIT
#include "server-lite/core/broadcastoperator.h"

#include "server-lite/core/namespace_p.h"
#include "server-lite/core/readyfuture.h"
#include "server-lite/core/remotesocket.h"
#include "server-lite/core/serversocket.h"

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

BroadcastOperator BroadcastOperator::to(const QStringList &rooms) const
{
    BroadcastOperator next = *this;
    next.m_options.rooms.unite(QSet<QString>(rooms.cbegin(), rooms.cend()));
    return next;
}

BroadcastOperator BroadcastOperator::except(const QString &room) const
{
    BroadcastOperator next = *this;
    next.m_options.except.insert(room);
    return next;
}

BroadcastOperator BroadcastOperator::except(const QStringList &rooms) const
{
    BroadcastOperator next = *this;
    next.m_options.except.unite(QSet<QString>(rooms.cbegin(), rooms.cend()));
    return next;
}

BroadcastOperator BroadcastOperator::asVolatile() const
{
    BroadcastOperator next = *this;
    next.m_options.isVolatile = true;
    return next;
}

BroadcastOperator BroadcastOperator::local() const
{
    BroadcastOperator next = *this;
    next.m_options.local = true;
    return next;
}

BroadcastOperator BroadcastOperator::compress(bool wanted) const
{
    BroadcastOperator next = *this;
    next.m_options.compress = wanted;
    return next;
}

BroadcastOperator BroadcastOperator::timeout(std::chrono::milliseconds deadline) const
{
    BroadcastOperator next = *this;
    next.m_options.timeout = deadline;
    return next;
}

void BroadcastOperator::emitEvent(const QString &name, const Arguments &arguments) const
{
    if (m_namespace)
        m_namespace->d->adapter->broadcast(m_options, name, arguments);
}

QFuture<BroadcastReplies>
BroadcastOperator::emitWithAck(const QString &name, const Arguments &arguments,
                               std::optional<std::chrono::milliseconds> timeout) const
{
    if (!m_namespace)
        return readyFuture(BroadcastReplies{});
    BroadcastOptions options = m_options;
    if (timeout)
        options.timeout = timeout;
    return m_namespace->d->ask(std::move(options), name, arguments);
}

QFuture<QList<RemoteSocket>> BroadcastOperator::fetchSockets() const
{
    if (!m_namespace)
        return readyFuture(QList<RemoteSocket>());
    const auto wrap = [nsp = m_namespace](const QList<SocketDetails> &found) {
        QList<RemoteSocket> sockets;
        sockets.reserve(found.size());
        for (const SocketDetails &details : found)
            sockets.append(RemoteSocket(nsp, details));
        return sockets;
    };
    auto found = m_namespace->d->adapter->fetchSockets(m_options);
    if (found.isFinished() && found.resultCount() > 0)
        return readyFuture(wrap(found.result()));
    return found.then(m_namespace.data(), wrap);
}

QList<ServerSocket *> BroadcastOperator::localSockets() const
{
    return m_namespace ? m_namespace->d->targets(m_options) : QList<ServerSocket *>();
}

void BroadcastOperator::socketsJoin(const QStringList &rooms) const
{
    if (m_namespace)
        m_namespace->d->adapter->addSockets(m_options, rooms);
}

void BroadcastOperator::socketsLeave(const QStringList &rooms) const
{
    if (m_namespace)
        m_namespace->d->adapter->delSockets(m_options, rooms);
}

void BroadcastOperator::disconnectSockets(bool closeConnection) const
{
    if (m_namespace)
        m_namespace->d->adapter->disconnectSockets(m_options, closeConnection);
}

} // namespace SocketIo
