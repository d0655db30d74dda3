// SPDX-License-Identifier: MIT
#include "server-lite/core/namespace.h"

#include "server-lite/core/logging.h"
#include "server-lite/core/namespace_p.h"
#include "server-lite/core/readyfuture.h"
#include "server-lite/core/server_p.h"
#include "server-lite/core/serversocket_p.h"

using namespace Qt::StringLiterals;

namespace SocketIo
{

namespace
{

/// The names that serverSideEmit() shares with the namespace's own events in the reference.
bool isReservedOnServers(const QString &name)
{
    return name == "connect"_L1 || name == "connection"_L1 || name == "new_namespace"_L1;
}

} // namespace

Namespace::Namespace(Server *server, const QString &name, const AdapterFactory &makeAdapter)
    : QObject(server)
    , d(std::make_unique<Private>(this, server, name, makeAdapter))
{
    d->adapter->init();
}

Namespace::~Namespace()
{
    d->adapter->close();
    // Sockets are children, and still need what d holds.
    const auto children = findChildren<ServerSocket *>(QString(), Qt::FindDirectChildrenOnly);
    qDeleteAll(children);
}

QString Namespace::name() const
{
    return d->nspName;
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

Hubbub::Result<void> Namespace::serverSideEmit(const QString &name, const Arguments &arguments)
{
    if (isReservedOnServers(name))
        return Hubbub::failure(u"reserved-event"_s, u"\"%1\" is a reserved event name."_s.arg(name));
    d->adapter->serverSideEmit(name, arguments);
    return {};
}

QFuture<BroadcastReplies> Namespace::serverSideEmitWithAck(const QString &name, const Arguments &arguments,
                                                           std::optional<std::chrono::milliseconds> timeout)
{
    if (isReservedOnServers(name)) {
        qCWarning(lcServer).noquote() << "not emitted to other servers: reserved event name" << name;
        return readyFuture(BroadcastReplies{});
    }
    return d->adapter->serverSideEmitWithAck(name, arguments,
                                             timeout.value_or(d->server->d->options.ackTimeout));
}

void Namespace::onServerSideEvent(const QString &name, QObject *context, EventHandler handler)
{
    d->serverSideHandlers[name].add(context ? context : this, std::move(handler));
}

BroadcastOperator Namespace::all() const
{
    return BroadcastOperator(d->q);
}

} // namespace SocketIo
