// SPDX-License-Identifier: MIT
#include "server-lite/core/namespace.h"

#include "server-lite/core/connection.h"
#include "server-lite/core/logging.h"
#include "server-lite/core/memoryadapter.h"
#include "server-lite/core/namespace_p.h"
#include "server-lite/core/server_p.h"
#include "server-lite/core/serversocket_p.h"

using namespace Qt::StringLiterals;

namespace SocketIo
{

Namespace::Private::Private(Namespace *q_, Server *server_, const QString &name_)
    : q(q_)
    , server(server_)
    , name(name_)
    , adapter(std::make_unique<MemoryAdapter>())
    , acks(std::make_unique<AckWaits>())
{
}

Hubbub::Result<EngineIo::FramesPtr>
Namespace::Private::encode(const QString &event, const Arguments &arguments, std::optional<quint64> id) const
{
    if (isReservedEvent(event)) {
        return Hubbub::failure(u"reserved-event"_s, u"\"%1\" is a reserved event name."_s.arg(event));
    }
    const ServerOptions &options = server->d->options;
    auto messages =
        options.parser->encode(Packet{.nsp = name, .id = id, .name = event, .arguments = arguments});
    const auto attachments = qsizetype(messages.size()) - 1;
    if (attachments > options.decoderLimits.maxAttachments) {
        // Peers close the connection on such a packet, so it must not leave.
        return Hubbub::failure(u"too-many-attachments"_s,
                               u"\"%1\" has %2 attachments; peers take %3 at most."_s.arg(event)
                                   .arg(attachments)
                                   .arg(options.decoderLimits.maxAttachments));
    }
    return EngineIo::SharedFrames::fromMessages(std::move(messages));
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

void Namespace::Private::broadcast(const BroadcastOptions &options, const QString &event,
                                   const Arguments &arguments)
{
    const auto frames = encode(event, arguments, {});
    if (!frames) {
        qCWarning(lcServer).noquote() << "broadcast refused:" << frames.error().message;
        return;
    }
    if (options.rooms.isEmpty() && options.except.isEmpty() && outgoingListeners == 0) {
        server->d->engine->send(everybody(), *frames,
                                options.isVolatile ? EngineIo::SendMode::Volatile
                                                   : EngineIo::SendMode::Reliable);
        return;
    }
    const auto receivers = targets(options);
    send(receivers, *frames, options.isVolatile);
    notifyOutgoing(receivers, event, arguments);
}

QFuture<BroadcastReplies>
Namespace::Private::broadcastWithAck(const BroadcastOptions &options, const QString &event,
                                     const Arguments &arguments,
                                     std::optional<std::chrono::milliseconds> timeout)
{
    const auto receivers = targets(options);
    QStringList ids;
    ids.reserve(receivers.size());
    for (const ServerSocket *socket : receivers)
        ids.append(socket->d->id);
    auto [id, future] = acks->expect(ids, timeout.value_or(server->d->options.ackTimeout));
    const auto frames = encode(event, arguments, id);
    if (frames) {
        send(receivers, *frames, options.isVolatile);
        notifyOutgoing(receivers, event, arguments);
        return future;
    }
    qCWarning(lcServer).noquote() << "broadcast refused:" << frames.error().message;
    acks->fail(id, frames.error());
    return future;
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
}

Namespace::Namespace(Server *server, const QString &name)
    : QObject(server)
    , d(std::make_unique<Private>(this, server, name))
{
}

Namespace::~Namespace()
{
    // Sockets are children, and still need what d holds.
    const auto children = findChildren<ServerSocket *>(QString(), Qt::FindDirectChildrenOnly);
    qDeleteAll(children);
}

QString Namespace::name() const
{
    return d->name;
}

Server *Namespace::server() const
{
    return d->server;
}

Adapter *Namespace::adapter() const
{
    return d->adapter.get();
}

const QHash<QString, ServerSocket *> &Namespace::sockets() const
{
    return d->sockets;
}

ServerSocket *Namespace::socket(const QString &id) const
{
    return d->sockets.value(id);
}

void Namespace::use(ConnectMiddleware middleware)
{
    d->middlewares.append(std::move(middleware));
}

BroadcastOperator Namespace::to(const QString &room) const
{
    return all().to(room);
}

BroadcastOperator Namespace::except(const QString &room) const
{
    return all().except(room);
}

BroadcastOperator Namespace::all() const
{
    return BroadcastOperator(d->q);
}

} // namespace SocketIo
