// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/core/namespace.h"
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
///     QObject::connect(server.of(u"/"_s), &SocketIo::Namespace::connection, &server, [](auto *socket) { …
///     }); server.listen(QHostAddress::LocalHost, 0);
///
/// Thread: the one that makes it; handlers run there, one at a time. Sockets do their I/O on worker threads.
class Server : public QObject
{
    Q_OBJECT
public:
    explicit Server(ServerOptions options = {}, QObject *parent = nullptr);
    ~Server() override;

    /// Errors as EngineIo::Server::listen.
    Hubbub::Result<void> listen(const QHostAddress &address = QHostAddress::Any, quint16 port = 0);
    quint16 port() const;
    QUrl url() const; ///< a URL a client on this machine can use

    /// The namespace of that name, made on first use. A client's CONNECT never makes one.
    Namespace *of(const QString &name);
    Namespace *find(const QString &name) const; ///< null if there is none
    QList<Namespace *> namespaces() const;
    Namespace *sockets() { return of(QStringLiteral("/")); }

    const ServerOptions &options() const;
    EngineIo::Server *engine() const;

    /// Stops listening, tells every socket "server shutting down", and emits closed().
    void close();

Q_SIGNALS:
    void namespaceCreated(SocketIo::Namespace *nsp);
    void closed();

private:
    friend class Connection;
    friend class Namespace;
    friend class ServerSocket;
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace SocketIo
