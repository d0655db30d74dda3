// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/typedhandler.h"
#include "server-lite/core/adapter.h"
#include "server-lite/core/broadcasts.h"
#include "server-lite/core/middleware.h"

#include <QtCore/QObject>

#include <memory>

namespace SocketIo
{

class Connection;
class Server;
class ServerSocket;

/// A channel of its own on shared connections: sockets, rooms, middlewares. to(), emitEvent(), fetchSockets()
/// and the like come from Broadcasts. Owned by the Server. Thread: the server's.
class Namespace
    : public QObject
    , public Broadcasts<Namespace>
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

    BroadcastOperator all() const; ///< everybody in it

    /// To this namespace on the other servers, for their onServerSideEvent(). Errors: "reserved-event".
    /// Without other servers it reaches nobody.
    Hubbub::Result<void> serverSideEmit(const QString &name, const Arguments &arguments);
    template <typename... A>
    Hubbub::Result<void> serverSideEmit(const QString &name, const A &...arguments)
    {
        return serverSideEmit(name, makeArguments(arguments...));
    }
    /// With an answer from each; ends when all have given it, or after the timeout, else the server's
    /// ackTimeout. `expected` is 0 without other servers.
    QFuture<BroadcastReplies> serverSideEmitWithAck(const QString &name, const Arguments &arguments,
                                                    std::optional<std::chrono::milliseconds> timeout = {});
    /// Hears what another server emits by serverSideEmit(). No context means this namespace.
    void onServerSideEvent(const QString &name, QObject *context, EventHandler handler);
    template <typename F>
    void onServerSideEvent(const QString &name, QObject *context, F &&handler)
    {
        onServerSideEvent(name, context, EventHandler(makeHandler(std::forward<F>(handler))));
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
    friend class ParentNamespace;
    friend class Server;
    friend class ServerSocket;
    class Private;
    Namespace(Server *server, const QString &name, const AdapterFactory &makeAdapter);
    std::unique_ptr<Private> d;
};

} // namespace SocketIo
