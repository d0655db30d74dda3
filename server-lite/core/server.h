// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/core/parentnamespace.h"
#include "server-lite/core/serveroptions.h"
#include "server-lite/transport/engineserver.h"

#include <QtCore/QObject>
#include <QtCore/QUrl>

#include <memory>

namespace SocketIo
{

/// A Socket.IO v5 server. Make it, add namespaces and handlers, listen:
///
///     SocketIo::Server server;
///     QObject::connect(server.sockets(), &SocketIo::Namespace::connection, &server,
///                      [](SocketIo::ServerSocket *socket) { socket->emitEvent("hello"_L1, 1); });
///     server.listen(QHostAddress::LocalHost, 0);
///
/// Its own to(), emitEvent(), fetchSockets() and the like are those of the namespace "/".
/// Thread: the one that makes it; handlers run there, one at a time. Sockets do their I/O on worker threads.
class Server
    : public QObject
    , public Broadcasts<Server>
{
    Q_OBJECT
public:
    explicit Server(ServerOptions options = {}, QObject *parent = nullptr);
    ~Server() override;

    /// Errors as EngineIo::Server::listen.
    Hubbub::Result<void> listen(const QHostAddress &address = QHostAddress::Any, quint16 port = 0);
    quint16 port() const;
    QUrl url() const; ///< a URL a client on this machine can use

    /// The namespace of that name, made on first use, as a child if a pattern matches it. A client's CONNECT
    /// makes none but children.
    Namespace *of(const QString &name);
    /// A family of namespaces, for every name in which the pattern matches, or that the predicate allows.
    /// Families are asked in the order they were made; the first that allows it gets the child.
    ParentNamespace *of(const QRegularExpression &pattern);
    ParentNamespace *of(NamespacePredicate predicate);
    Namespace *find(const QString &name) const; ///< null if there is none
    QList<Namespace *> namespaces() const; ///< with children, without families
    Namespace *sockets() { return of(QStringLiteral("/")); }

    // As sockets() has them
    BroadcastOperator all() const;
    void use(ConnectMiddleware middleware);
    Hubbub::Result<void> serverSideEmit(const QString &name, const Arguments &arguments);
    QFuture<BroadcastReplies> serverSideEmitWithAck(const QString &name, const Arguments &arguments,
                                                    std::optional<std::chrono::milliseconds> timeout = {});

    const ServerOptions &options() const;
    EngineIo::Server *engine() const;

    /// Stops listening, tells every socket "server shutting down", and emits closed().
    void close();

Q_SIGNALS:
    void namespaceCreated(SocketIo::Namespace *nsp);
    void namespaceRemoved(SocketIo::Namespace *nsp); ///< an empty child; destroyed later
    void closed();

private:
    friend class Connection;
    friend class Namespace;
    friend class ServerSocket;
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace SocketIo
