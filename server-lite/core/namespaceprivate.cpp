// SPDX-License-Identifier: MIT
#include "server-lite/core/broadcastcollector.h"
#include "server-lite/core/connection.h"
#include "server-lite/core/logging.h"
#include "server-lite/core/namespace_p.h"
#include "server-lite/core/readyfuture.h"
#include "server-lite/core/server_p.h"
#include "server-lite/core/serversocket_p.h"

using namespace Qt::StringLiterals;

namespace SocketIo
{

Namespace::Private::Private(Namespace *q_, Server *server_, const QString &name_,
                            const AdapterFactory &makeAdapter)
    : q(q_)
    , server(server_)
    , nspName(name_)
    , adapter(makeAdapter(*this))
    , acks(std::make_unique<AckWaits>(server->d->options.parser->firstAckId()))
{
}

Hubbub::Result<EngineIo::FramesPtr>
Namespace::Private::encode(const QString &event, const Arguments &arguments, std::optional<quint64> id) const
{
    if (isReservedEvent(event)) {
        return Hubbub::failure(u"reserved-event"_s, u"\"%1\" is a reserved event name."_s.arg(event));
    }
    const ServerOptions &options = server->d->options;
    const EncodedPacket messages =
        options.parser->encode(Packet{.nsp = nspName, .id = id, .name = event, .arguments = arguments});
    const auto attachments = messages.size() - 1;
    if (attachments > options.decoderLimits.maxAttachments) {
        // Peers close the connection on such a packet, so it must not leave.
        return Hubbub::failure(u"too-many-attachments"_s,
                               u"\"%1\" has %2 attachments; peers take %3 at most."_s.arg(event)
                                   .arg(attachments)
                                   .arg(options.decoderLimits.maxAttachments));
    }
    return EngineIo::SharedFrames::fromMessages(messages);
}

QList<ServerSocket *> Namespace::Private::targets(const BroadcastOptions &options) const
{
    if (options.rooms.isEmpty() && options.except.isEmpty())
        return sockets.values();
    QList<ServerSocket *> list;
    const QStringList ids = adapter->sockets(options);
    list.reserve(ids.size());
    for (const QString &id : ids) {
        if (ServerSocket *socket = sockets.value(id))
            list.append(socket);
    }
    return list;
}

bool Namespace::Private::broadcast(const BroadcastOptions &options, const QString &event,
                                   const Arguments &arguments)
{
    const auto frames = encode(event, arguments, {});
    if (!frames) {
        qCWarning(lcServer).noquote() << "broadcast refused:" << frames.error().message;
        return false;
    }
    if (options.rooms.isEmpty() && options.except.isEmpty() && outgoingListeners == 0) {
        server->d->engine->send(everybody(), *frames,
                                options.isVolatile ? EngineIo::SendMode::Volatile
                                                   : EngineIo::SendMode::Reliable);
        return true;
    }
    const auto receivers = targets(options);
    send(receivers, *frames, options.isVolatile);
    notifyOutgoing(receivers, event, arguments);
    return true;
}

QFuture<BroadcastReplies> Namespace::Private::ask(BroadcastOptions options, const QString &name,
                                                  const Arguments &arguments)
{
    if (!options.timeout)
        options.timeout = server->d->options.ackTimeout;
    const auto collector = BroadcastCollector::create(*options.timeout);
    auto future = collector->future();
    const auto servers = options.local ? readyFuture(1) : adapter->serverCount();
    whenReady(servers, q, [collector](int count) { collector->setServers(count); });
    adapter->broadcastWithAck(options, name, arguments, collector->sink());
    return future;
}

void Namespace::Private::broadcastWithAck(const BroadcastOptions &options, const QString &event,
                                          const Arguments &arguments, const AckSink &sink)
{
    const auto receivers = targets(options);
    QStringList ids;
    ids.reserve(receivers.size());
    for (const ServerSocket *socket : receivers)
        ids.append(socket->d->id);
    sink.asked(int(ids.size()));
    const quint64 id = acks->expect(ids, options.timeout.value_or(server->d->options.ackTimeout), sink);
    const auto frames = encode(event, arguments, id);
    if (frames) {
        send(receivers, *frames, options.isVolatile);
        notifyOutgoing(receivers, event, arguments);
        return;
    }
    qCWarning(lcServer).noquote() << "broadcast refused:" << frames.error().message;
    acks->fail(id, frames.error());
}

QList<QPointer<ServerSocket>> Namespace::Private::guardedTargets(const BroadcastOptions &options) const
{
    const auto list = targets(options);
    return {list.cbegin(), list.cend()};
}

QList<SocketDetails> Namespace::Private::details(const BroadcastOptions &options) const
{
    QList<SocketDetails> list;
    for (const ServerSocket *socket : targets(options))
        list.append({socket->id(), socket->handshake(), socket->rooms(), socket->data()});
    return list;
}

void Namespace::Private::joinAll(const BroadcastOptions &options, const QStringList &rooms)
{
    for (const auto &socket : guardedTargets(options)) {
        if (socket)
            socket->join(rooms);
    }
}

void Namespace::Private::leaveAll(const BroadcastOptions &options, const QStringList &rooms)
{
    for (const auto &socket : guardedTargets(options)) {
        if (socket)
            socket->leave(rooms);
    }
}

void Namespace::Private::disconnectAll(const BroadcastOptions &options, bool closeConnection)
{
    for (const auto &socket : guardedTargets(options)) {
        if (socket)
            socket->disconnectSocket(closeConnection);
    }
}

void Namespace::Private::serverSideEvent(const Event &event)
{
    const auto it = serverSideHandlers.constFind(event.name);
    if (it == serverSideHandlers.cend())
        return;
    const auto outcome = HandlerList(*it).call(event, QPointer<QObject>(q));
    for (const auto &error : outcome.errors)
        qCWarning(lcServer).noquote() << "event of another server:" << error.message;
}

void Namespace::Private::send(const QList<ServerSocket *> &receivers, const EngineIo::FramesPtr &frames,
                              bool isVolatile)
{
    server->d->engine->send(groupOf(receivers), frames,
                            isVolatile ? EngineIo::SendMode::Volatile : EngineIo::SendMode::Reliable);
}

void Namespace::Private::notifyOutgoing(const QList<ServerSocket *> &receivers, const QString &event,
                                        const Arguments &arguments)
{
    if (outgoingListeners == 0)
        return;
    const QList<QPointer<ServerSocket>> guarded(receivers.cbegin(), receivers.cend());
    for (const auto &socket : guarded) {
        if (socket)
            socket->d->notifyOutgoing(event, arguments);
    }
}

EngineIo::GroupPtr Namespace::Private::groupOf(const QList<ServerSocket *> &members) const
{
    std::vector<EngineIo::SessionHandle> sessions;
    sessions.reserve(std::size_t(members.size()));
    for (const ServerSocket *socket : members) {
        if (const Connection *connection = socket->d->connection)
            sessions.push_back(connection->handle());
    }
    return std::make_shared<const EngineIo::SessionGroup>(sessions);
}

EngineIo::GroupPtr Namespace::Private::everybody()
{
    if (!m_everybody)
        m_everybody = groupOf(sockets.values());
    return m_everybody;
}

void Namespace::Private::add(ServerSocket *socket)
{
    sockets.insert(socket->d->id, socket);
    m_everybody.reset();
}

void Namespace::Private::remove(const QString &id)
{
    sockets.remove(id);
    m_everybody.reset();
    // Queued: others may be about to come in, and whoever leaves is not out yet.
    if (parent && sockets.isEmpty() && server->d->options.cleanupEmptyChildNamespaces)
        QMetaObject::invokeMethod(
            q, [this] { removeIfEmpty(); }, Qt::QueuedConnection);
}

void Namespace::Private::removeIfEmpty()
{
    const auto children = q->findChildren<ServerSocket *>(QString(), Qt::FindDirectChildrenOnly);
    const bool used = std::any_of(children.cbegin(), children.cend(), [](const ServerSocket *socket) {
        return socket->d->state != ServerSocket::Private::State::Gone;
    });
    if (!used)
        server->d->remove(q);
}

} // namespace SocketIo
