// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/core/adapter.h"
#include "server-lite/core/broadcastoperator.h"
#include "server-lite/core/middleware.h"

#include <QtCore/QObject>

#include <memory>

namespace SocketIo
{

class Connection;
class Server;
class ServerSocket;

/// A channel of its own on shared connections: sockets, rooms, middlewares. Owned by the Server. Thread: the
/// server's.
class Namespace : public QObject
{
    Q_OBJECT
    Q_MOC_INCLUDE("server-lite/core/serversocket.h") // the signals' arguments can be recorded and queued
public:
    ~Namespace() override;

    QString name() const; ///< with its slash
    Server *server() const;
    Adapter *adapter() const;

    /// Connected sockets, by id.
    const QHash<QString, ServerSocket *> &sockets() const;
    ServerSocket *socket(const QString &id) const;

    void use(ConnectMiddleware middleware);

    BroadcastOperator to(const QString &room) const;
    BroadcastOperator except(const QString &room) const;
    BroadcastOperator all() const;
    template <typename... A>
    void emitEvent(const QString &name, const A &...arguments) const
    {
        all().emitEvent(name, arguments...);
    }

Q_SIGNALS:
    /// A client passed the middlewares; what is emitted to it now follows its CONNECT packet.
    void connection(SocketIo::ServerSocket *socket);
    /// A client was refused, with the words it got.
    void connectionRefused(const QString &message);
    void socketDisconnected(SocketIo::ServerSocket *socket, const QString &reason);

private:
    friend class BroadcastOperator;
    friend class Connection;
    friend class Server;
    friend class ServerSocket;
    class Private;
    Namespace(Server *server, const QString &name);
    std::unique_ptr<Private> d;
};

} // namespace SocketIo
