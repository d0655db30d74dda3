// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/core/connectdeadlines.h"
#include "server-lite/core/server.h"
#include "server-lite/transport/engineserver.h"

#include <memory>
#include <unordered_map>

namespace SocketIo
{

/// Thread: the server's.
class Server::Private final : public EngineIo::SessionListener
{
public:
    Private(Server *q, ServerOptions options);

    void sessionOpened(EngineIo::SessionHandle session,
                       std::shared_ptr<const EngineIo::SessionInfo> info) override;
    void messageReceived(EngineIo::SessionHandle session, EngineIo::Message message) override;
    void sessionUpgraded(EngineIo::SessionHandle session, EngineIo::TransportName transport) override;
    void sessionClosed(EngineIo::SessionHandle session, EngineIo::CloseReason reason,
                       const QString &description) override;

    void connectTimeout(EngineIo::SessionHandle session);
    void endConnections(const QString &reason);

    Namespace *of(const QString &name);
    ParentNamespace *addParent(NamespacePredicate predicate, std::optional<QRegularExpression> pattern);
    /// Finds or makes what a client asks for; gives null if nothing allows it. May answer later.
    void resolve(const QString &name, const QCborMap &auth, std::function<void(Namespace *)> done);
    void remove(Namespace *child);

    Server *const q;
    const ServerOptions options;
    std::unique_ptr<EngineIo::Server> engine;
    QList<Namespace *> namespaces; ///< in the order they were made
    QHash<QString, Namespace *> byName;
    QList<ParentNamespace *> parents; ///< in the order they were made

private:
    Namespace *add(const QString &fullName, ParentNamespace *parent);
    std::unique_ptr<Adapter> makeAdapter(LocalNamespace &local) const;
    std::shared_ptr<Connection> find(EngineIo::SessionHandle session) const;

    std::unordered_map<EngineIo::SessionHandle, std::shared_ptr<Connection>> m_connections;
    ConnectDeadlines m_deadlines;
};

} // namespace SocketIo
