// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/event.h"
#include "libclient/protocol/makearguments.h"
#include "libclient/protocol/typedhandler.h"
#include "server-lite/core/broadcastoperator.h"
#include "server-lite/core/handshake.h"
#include "server-lite/core/middleware.h"
#include "server-lite/transport/serveroptions.h"

#include <QtCore/QCborMap>
#include <QtCore/QFuture>
#include <QtCore/QObject>
#include <QtCore/QSet>

#include <memory>

namespace SocketIo
{

class Connection;
class Namespace;

/// One client in one namespace. Owned by its Namespace, from CONNECT until after disconnected(); keep a
/// QPointer. Thread: the server's.
class ServerSocket : public QObject
{
    Q_OBJECT
public:
    ~ServerSocket() override;

    QString id() const; ///< 20 characters; also the name of the room that only this socket is in
    Namespace *nsp() const;
    const Handshake &handshake() const;
    bool isConnected() const;
    EngineIo::TransportName transport() const;
    QString clientId() const; ///< names the transport session without giving its secret away
    QSet<QString> rooms() const; ///< with its own id

    /// Free for the application; shown to operators. Setting it emits dataChanged().
    const QCborMap &data() const;
    void setData(const QCborMap &data);

    void join(const QString &room);
    void leave(const QString &room);

    /// Broadcasts from here leave this socket out.
    BroadcastOperator to(const QString &room) const;
    BroadcastOperator except(const QString &room) const;
    BroadcastOperator broadcast() const;

    /// What cannot be sent is not, and becomes an error(): "reserved-event", "too-many-attachments".
    void emitEvent(const QString &name, const Arguments &arguments);
    template <typename... A>
    void emitEvent(const QString &name, const A &...arguments)
    {
        emitEvent(name, makeArguments(arguments...));
    }
    /// Dropped if the client cannot take it at this moment.
    void emitVolatile(const QString &name, const Arguments &arguments);

    /// The client's answer. Fails with "ack-timeout" or "disconnected", or as emitEvent(); never stays open.
    QFuture<Hubbub::Result<Arguments>>
    emitWithAck(const QString &name, const Arguments &arguments,
                std::chrono::milliseconds timeout = std::chrono::seconds(5));

    /// Handlers run in the order they were added, until `context` is destroyed; no context means this socket.
    /// Several for one event are allowed. If the arguments fit none of them and the client asked for an
    /// answer, it gets {success: false, error: {code: "argument-mismatch", message}}.
    void on(const QString &event, QObject *context, EventHandler handler);
    template <typename F>
    void on(const QString &event, QObject *context, F &&handler)
    {
        on(event, context, EventHandler(makeHandler(std::forward<F>(handler))));
    }
    /// Before the middlewares and the handlers of the event's name.
    void onAny(QObject *context, EventHandler handler);
    template <typename F>
    void onAny(QObject *context, F &&handler)
    {
        onAny(context, EventHandler(makeHandler(std::forward<F>(handler))));
    }
    /// Sees what goes out to this socket, broadcasts included, acks not.
    void onAnyOutgoing(QObject *context, EventHandler handler);
    template <typename F>
    void onAnyOutgoing(QObject *context, F &&handler)
    {
        onAnyOutgoing(context, EventHandler(makeHandler(std::forward<F>(handler))));
    }
    /// Later events of this socket wait until the middlewares let the one before them go on.
    void use(EventMiddleware middleware);

    /// Sends DISCONNECT; with closeConnection, ends the transport session and all its namespaces. The reason
    /// is "server namespace disconnect". Destroying a connected socket does the same for its namespace.
    void disconnectSocket(bool closeConnection = false);

Q_SIGNALS:
    void disconnecting(const QString &reason); ///< still in its rooms
    void disconnected(const QString &reason); ///< out of them
    void dataChanged();
    void transportChanged();
    void error(const Hubbub::Error &error); ///< a refused event, or arguments that do not fit a handler

private:
    friend class Connection;
    friend class Namespace;
    class Private;
    ServerSocket(Namespace *nsp, Connection *connection, Handshake handshake);
    std::unique_ptr<Private> d;
};

} // namespace SocketIo
