// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/event.h"
#include "libclient/protocol/makearguments.h"
#include "libclient/protocol/typedhandler.h"
#include "server-lite/core/broadcastoperator.h"
#include "server-lite/core/handshake.h"
#include "server-lite/core/middleware.h"
#include "server-lite/core/recovery.h"
#include "server-lite/core/socketemitter.h"
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
    bool recovered() const; ///< it is a client that came back, with its id, rooms and data
    EngineIo::TransportName transport() const; ///< transportChanged() when it is upgraded
    static constexpr int protocol() { return 4; } ///< Engine.IO's revision
    QString clientId() const; ///< names the transport session without giving its secret away
    QSet<QString> rooms() const; ///< with its own id

    /// Free for the application; shown to operators. Setting it emits dataChanged().
    const QCborMap &data() const;
    void setData(const QCborMap &data);

    void join(const QString &room) { join(QStringList{room}); }
    void join(const QStringList &rooms);
    void leave(const QString &room);
    void leave(const QStringList &rooms);

    /// Broadcasts from here leave this socket out.
    BroadcastOperator to(const QString &room) const { return broadcast().to(room); }
    BroadcastOperator to(const QStringList &rooms) const { return broadcast().to(rooms); }
    BroadcastOperator in(const QString &room) const { return broadcast().to(room); }
    BroadcastOperator in(const QStringList &rooms) const { return broadcast().to(rooms); }
    BroadcastOperator except(const QString &room) const { return broadcast().except(room); }
    BroadcastOperator except(const QStringList &rooms) const { return broadcast().except(rooms); }
    BroadcastOperator local() const { return broadcast().local(); }
    BroadcastOperator broadcast() const;

    /// Flags for one emit.
    SocketEmitter asVolatile() const;
    SocketEmitter compress(bool wanted) const;
    SocketEmitter timeout(std::chrono::milliseconds deadline) const;

    /// What cannot be sent is not, and becomes an error(): "reserved-event", "too-many-attachments".
    void emitEvent(const QString &name, const Arguments &arguments);
    template <typename... A>
    void emitEvent(const QString &name, const A &...arguments)
    {
        emitEvent(name, makeArguments(arguments...));
    }
    /// The event "message".
    template <typename... A>
    void send(const A &...arguments)
    {
        emitEvent(QStringLiteral("message"), arguments...);
    }
    template <typename... A>
    void write(const A &...arguments)
    {
        send(arguments...);
    }
    /// Dropped if the client cannot take it at this moment.
    void emitVolatile(const QString &name, const Arguments &arguments);

    /// The client's answer. Fails with "ack-timeout" (after this timeout, else the server's ackTimeout) or
    /// "disconnected", or as emitEvent(); never stays open.
    QFuture<Hubbub::Result<Arguments>> emitWithAck(const QString &name, const Arguments &arguments,
                                                   std::optional<std::chrono::milliseconds> timeout = {});

    /// Handlers run in the order they were added, until `context` is destroyed; no context means this socket.
    /// Several for one event are allowed. If the arguments fit none of them and the client asked for an
    /// answer, it gets {success: false, error: {code: "argument-mismatch", message}}.
    void on(const QString &event, QObject *context, EventHandler handler);
    template <typename F>
    void on(const QString &event, QObject *context, F &&handler)
    {
        on(event, context, EventHandler(makeHandler(std::forward<F>(handler))));
    }
    /// For one event that fits it.
    void once(const QString &event, QObject *context, EventHandler handler);
    template <typename F>
    void once(const QString &event, QObject *context, F &&handler)
    {
        once(event, context, EventHandler(makeHandler(std::forward<F>(handler))));
    }
    /// Removes the handlers of that context, and those without one for no context.
    void off(const QString &event, const QObject *context);
    void removeAllListeners(const QString &event);
    void removeAllListeners(); ///< of all events by name
    qsizetype listenerCount(const QString &event) const;

    /// Before the middlewares and the handlers of the event's name.
    void onAny(QObject *context, EventHandler handler);
    template <typename F>
    void onAny(QObject *context, F &&handler)
    {
        onAny(context, EventHandler(makeHandler(std::forward<F>(handler))));
    }
    void prependAny(QObject *context, EventHandler handler); ///< before the others of these
    template <typename F>
    void prependAny(QObject *context, F &&handler)
    {
        prependAny(context, EventHandler(makeHandler(std::forward<F>(handler))));
    }
    void offAny(const QObject *context);
    void offAny(); ///< all of them
    qsizetype listenersAny() const; ///< how many there are

    /// Sees what goes out to this socket, broadcasts included, acks not.
    void onAnyOutgoing(QObject *context, EventHandler handler);
    template <typename F>
    void onAnyOutgoing(QObject *context, F &&handler)
    {
        onAnyOutgoing(context, EventHandler(makeHandler(std::forward<F>(handler))));
    }
    void prependAnyOutgoing(QObject *context, EventHandler handler);
    template <typename F>
    void prependAnyOutgoing(QObject *context, F &&handler)
    {
        prependAnyOutgoing(context, EventHandler(makeHandler(std::forward<F>(handler))));
    }
    void offAnyOutgoing(const QObject *context);
    void offAnyOutgoing();
    qsizetype listenersAnyOutgoing() const;

    /// Later events of this socket wait until the middlewares let the one before them go on.
    void use(EventMiddleware middleware);

    /// Sends DISCONNECT; with closeConnection, ends the transport session and all its namespaces. The reason
    /// is "server namespace disconnect". Destroying a connected socket does the same for its namespace.
    void disconnectSocket(bool closeConnection = false);

Q_SIGNALS:
    /// `description` says more than the reason, where more is known.
    void disconnecting(const QString &reason, const QString &description); ///< still in its rooms
    void disconnected(const QString &reason, const QString &description); ///< out of them
    void dataChanged();
    void transportChanged();
    void error(const Hubbub::Error &error); ///< a refused event, or arguments that do not fit a handler

private:
    friend class Connection;
    friend class IncomingEvents;
    friend class Namespace;
    friend class SocketEmitter;
    class Private;
    ServerSocket(Namespace *nsp, Connection *connection, Handshake handshake,
                 const std::optional<PersistedSession> &session);
    std::unique_ptr<Private> d;
};

} // namespace SocketIo
