// SPDX-License-Identifier: MIT
#include "server-lite/core/server.h"

#include "server-lite/core/connection.h"
#include "server-lite/core/logging.h"
#include "server-lite/core/middlewarechain.h"
#include "server-lite/core/namespace_p.h"
#include "server-lite/core/recoveringadapter.h"
#include "server-lite/core/remotesocket.h"
#include "server-lite/core/server_p.h"

using namespace Qt::StringLiterals;

namespace SocketIo
{

Server::Private::Private(Server *q_, ServerOptions options_)
    : q(q_)
    , options(std::move(options_))
    , engine(std::make_unique<EngineIo::Server>(options.engine))
    , m_deadlines(options.connectTimeout)
{
    engine->setListener(this);
    connect(engine.get(), &EngineIo::Server::closed, q, &Server::closed);
    connect(&m_deadlines, &ConnectDeadlines::passed, q, [this](quint64 session) { connectTimeout(session); });
}

std::shared_ptr<Connection> Server::Private::find(EngineIo::SessionHandle session) const
{
    const auto it = m_connections.find(session);
    return it == m_connections.end() ? nullptr : it->second;
}

void Server::Private::sessionOpened(EngineIo::SessionHandle session,
                                    std::shared_ptr<const EngineIo::SessionInfo> info)
{
    m_connections.emplace(session, std::make_shared<Connection>(q, session, std::move(info)));
    m_deadlines.add(session);
}

void Server::Private::messageReceived(EngineIo::SessionHandle session, EngineIo::Message message)
{
    if (const auto connection = find(session))
        connection->receive(message);
}

void Server::Private::sessionUpgraded(EngineIo::SessionHandle session, EngineIo::TransportName transport)
{
    if (const auto connection = find(session))
        connection->setTransport(transport);
}

void Server::Private::sessionClosed(EngineIo::SessionHandle session, EngineIo::CloseReason reason,
                                    const QString &description)
{
    const auto it = m_connections.find(session);
    if (it == m_connections.end())
        return;
    const auto connection = std::move(it->second);
    m_connections.erase(it);
    qCDebug(lcServer) << "session of" << connection->clientId() << "closed:" << EngineIo::toString(reason)
                      << description;
    connection->ended(EngineIo::toString(reason), description);
}

void Server::Private::connectTimeout(EngineIo::SessionHandle session)
{
    const auto connection = find(session);
    if (!connection || connection->hasJoined())
        return;
    qCInfo(lcServer) << "closing" << connection->clientId() << "which joined no namespace in time";
    connection->close(u"forced close"_s);
}

void Server::Private::endConnections(const QString &reason)
{
    const auto ended = std::exchange(m_connections, {});
    for (const auto &[session, connection] : ended)
        connection->ended(reason);
}

std::unique_ptr<Adapter> Server::Private::makeAdapter(LocalNamespace &local) const
{
    if (options.adapter)
        return options.adapter(local);
    if (options.connectionStateRecovery)
        return std::make_unique<RecoveringAdapter>(local, *options.connectionStateRecovery);
    return std::make_unique<MemoryAdapter>(local);
}

Namespace *Server::Private::add(const QString &fullName, ParentNamespace *parent)
{
    auto *nsp = new Namespace(q, fullName, [this](LocalNamespace &local) { return makeAdapter(local); });
    if (parent)
        parent->adopt(nsp);
    byName.insert(fullName, nsp);
    namespaces.append(nsp);
    Q_EMIT q->namespaceCreated(nsp);
    return nsp;
}

Namespace *Server::Private::of(const QString &name)
{
    const QString full = name.startsWith(u'/') ? name : u'/' + name;
    if (Namespace *nsp = byName.value(full))
        return nsp;
    for (ParentNamespace *parent : std::as_const(parents)) {
        if (parent->m_pattern && parent->m_pattern->match(full).hasMatch())
            return add(full, parent);
    }
    return add(full, nullptr);
}

ParentNamespace *Server::Private::addParent(NamespacePredicate predicate,
                                            std::optional<QRegularExpression> pattern)
{
    auto *parent =
        new ParentNamespace(q, u"/_%1"_s.arg(parents.size()), std::move(predicate), std::move(pattern));
    parents.append(parent);
    return parent;
}

void Server::Private::resolve(const QString &name, const QCborMap &auth,
                              std::function<void(Namespace *)> done)
{
    if (parents.isEmpty()) {
        done(nullptr);
        return;
    }
    // The families are the steps; the first that allows the name ends the chain with its place.
    MiddlewareChain::run(
        q, parents.size(),
        [asked = parents, name, auth](qsizetype index, const Next &next) {
            asked.at(index)->m_predicate(name, auth, [next, index](bool allowed) {
                next(allowed ? std::optional(Refusal{{}, index}) : std::nullopt);
            });
        },
        [this, asked = parents, name, done = std::move(done)](const std::optional<Refusal> &end) {
            if (!end || !end->data.isInteger())
                done(nullptr);
            else if (Namespace *nsp = byName.value(name)) // made meanwhile
                done(nsp);
            else
                done(add(name, asked.at(end->data.toInteger())));
        });
}

void Server::Private::remove(Namespace *child)
{
    if (!namespaces.removeOne(child))
        return;
    byName.remove(child->name());
    Q_EMIT q->namespaceRemoved(child);
    child->deleteLater();
}

Server::Server(ServerOptions options, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, std::move(options)))
{
}

Server::~Server()
{
    d->endConnections(u"server shutting down"_s);
    d->engine->disconnect(this);
    d->engine->setListener(nullptr);
    d->engine.reset();
    d->byName.clear();
    qDeleteAll(std::exchange(d->parents, {})); // they still need d
    qDeleteAll(std::exchange(d->namespaces, {}));
}

Hubbub::Result<void> Server::listen(const QHostAddress &address, quint16 port)
{
    return d->engine->listen(address, port);
}

quint16 Server::port() const
{
    return d->engine->port();
}

QUrl Server::url() const
{
    QHostAddress address = d->engine->address();
    if (address == QHostAddress::Any || address == QHostAddress::AnyIPv4)
        address = QHostAddress::LocalHost;
    else if (address == QHostAddress::AnyIPv6)
        address = QHostAddress::LocalHostIPv6;
    QUrl url;
    url.setScheme(d->options.engine.tls ? u"https"_s : u"http"_s);
    url.setHost(address.toString());
    url.setPort(port());
    return url;
}

Namespace *Server::of(const QString &name)
{
    return d->of(name);
}

ParentNamespace *Server::of(const QRegularExpression &pattern)
{
    if (!pattern.isValid())
        qCWarning(lcServer).noquote() << "no namespace matches" << pattern.pattern() << pattern.errorString();
    return d->addParent(
        [pattern](const QString &name, const QCborMap &, const std::function<void(bool)> &allow) {
            allow(pattern.isValid() && pattern.match(name).hasMatch());
        },
        pattern.isValid() ? std::optional(pattern) : std::nullopt);
}

ParentNamespace *Server::of(NamespacePredicate predicate)
{
    return d->addParent(std::move(predicate), {});
}

BroadcastOperator Server::all() const
{
    return d->of(u"/"_s)->all();
}

void Server::use(ConnectMiddleware middleware)
{
    sockets()->use(std::move(middleware));
}

Hubbub::Result<void> Server::serverSideEmit(const QString &name, const Arguments &arguments)
{
    return sockets()->serverSideEmit(name, arguments);
}

QFuture<BroadcastReplies> Server::serverSideEmitWithAck(const QString &name, const Arguments &arguments,
                                                        std::optional<std::chrono::milliseconds> timeout)
{
    return sockets()->serverSideEmitWithAck(name, arguments, timeout);
}

Namespace *Server::find(const QString &name) const
{
    return d->byName.value(name.startsWith(u'/') ? name : u'/' + name);
}

QList<Namespace *> Server::namespaces() const
{
    return d->namespaces;
}

const ServerOptions &Server::options() const
{
    return d->options;
}

EngineIo::Server *Server::engine() const
{
    return d->engine.get();
}

void Server::close()
{
    d->endConnections(u"server shutting down"_s);
    d->engine->close();
}

} // namespace SocketIo
