// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/client/clientemitter.h"
#include "libclient/client/connectionstate.h"
#include "libclient/client/socketoptions.h"
#include "libclient/protocol/event.h"
#include "libclient/protocol/makearguments.h"
#include "libclient/protocol/typedhandler.h"

#include <QtCore/QDateTime>
#include <QtCore/QFuture>
#include <QtCore/QObject>

#include <memory>
#include <optional>

namespace SocketIo
{

class Manager;

/// One namespace of a connection. What is emitted while offline is buffered, within bounds, and goes out in
/// order before connected(); volatile events are not. Owned by its Manager. Thread: the manager's.
class Socket : public QObject
{
    Q_OBJECT
    Q_PROPERTY(SocketIo::ConnectionState state READ state NOTIFY stateChanged)
public:
    using AuthProvider = SocketOptions::AuthProvider;

    ~Socket() override;

    QString nsp() const;
    QString id() const; ///< empty while not connected
    Manager *manager() const;
    ConnectionState state() const;
    bool isConnected() const; ///< accepted by the namespace: Synchronising, Online or Degraded
    bool isActive() const; ///< will connect again by itself
    bool
    recovered() const; ///< this connection went on with the id and rooms of the one before, nothing missed
    QDateTime retryAt() const; ///< when Waiting: the next attempt
    int attempt() const; ///< attempts since the connection was lost, from 1
    Hubbub::Error lastError() const; ///< why it is Waiting, Refused, Untrusted or Closed
    std::optional<std::chrono::milliseconds> roundTrip() const; ///< of the last acknowledged event
    qsizetype bufferedCount() const;
    qsizetype unansweredCount() const; ///< what waits in the queue of SocketOptions::retries

    void setAuth(const QCborMap &auth);
    void setAuth(AuthProvider provider);

    void connectToServer(); ///< JavaScript's connect()
    void disconnectFromServer(); ///< JavaScript's disconnect()

    /// Flags for one emit.
    ClientEmitter asVolatile() { return {this, {.isVolatile = true}}; }
    ClientEmitter compress(bool wanted) { return {this, {.compress = wanted}}; }
    ClientEmitter timeout(std::chrono::milliseconds deadline) { return {this, {.timeout = deadline}}; }

    /// Sends, or buffers while offline. Errors: "reserved-event", "buffer-full", "offline" (by
    /// BufferPolicy::Off), "too-many-attachments", "message-too-large"; nothing is sent or kept then.
    Hubbub::Result<void> emitEvent(const QString &name, const Arguments &arguments);
    template <typename... A>
    Hubbub::Result<void> emitEvent(const QString &name, const A &...arguments)
    {
        return emitEvent(name, makeArguments(arguments...));
    }
    /// The event "message".
    template <typename... A>
    Hubbub::Result<void> send(const A &...arguments)
    {
        return emitEvent(QStringLiteral("message"), arguments...);
    }
    /// Sends now or never; true if it went out.
    bool emitVolatile(const QString &name, const Arguments &arguments);

    /// The server's answer. Always ends: with the arguments of the ack, "ack-timeout", "disconnected", or an
    /// error of emitEvent. The deadline (if not given, SocketOptions::ackTimeout) runs while offline too;
    /// what it ends while buffered is never sent, and neither is what is cancelled by then.
    QFuture<Hubbub::Result<Arguments>> emitWithAck(const QString &name, const Arguments &arguments,
                                                   std::optional<std::chrono::milliseconds> timeout = {});
    /// The answer's first argument as an R: request<Profile>("profile", id). Errors of emitWithAck, and
    /// "answer-mismatch".
    template <typename R, typename... A>
    QFuture<Hubbub::Result<R>> request(const QString &name, const A &...arguments)
    {
        return typedAnswer<R>(name, emitWithAck(name, makeArguments(arguments...)));
    }

    /// Drops what is buffered; their answers end with "dropped".
    void clearBuffer();

    /// Handlers run in the order they were added, until `context` is destroyed or off() is called. One that
    /// is removed while an event is under way is not called any more.
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
    void off(const QString &event, const QObject *context);
    void off(const QString &event);
    void off(); ///< all handlers of events by name
    qsizetype listenerCount(const QString &event) const;
    bool hasListeners(const QString &event) const { return listenerCount(event) > 0; }

    /// Before the handlers of the event's name.
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

    /// Sees what goes out, acks not.
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

Q_SIGNALS:
    void stateChanged(SocketIo::ConnectionState state);
    void connected();
    /// "io server disconnect", "io client disconnect", "ping timeout", "transport close", "transport error",
    /// "parse error", "forced close".
    void disconnected(const QString &reason, const Hubbub::Error &details);
    /// The attempt failed. `data` is what the server gave with a refusal.
    void connectError(const Hubbub::Error &error, const QCborValue &data);
    void roundTripChanged();
    void bufferedCountChanged();
    /// What was buffered will not be sent: "message-too-large" for the server that is there now, or
    /// "dropped". An event that asked for an answer is told by its future instead.
    void eventDropped(const QString &name, const Hubbub::Error &error);
    void argumentMismatch(const Hubbub::Error &error); ///< an event did not fit its handler

private:
    friend class ClientEmitter;
    friend class Manager;
    class Private;
    Socket(Manager *manager, const QString &nsp, const SocketOptions &options);
    Hubbub::Result<void> emitFlagged(const QString &name, const Arguments &arguments,
                                     const ClientEmitFlags &flags);
    QFuture<Hubbub::Result<Arguments>> askFlagged(const QString &name, const Arguments &arguments,
                                                  const ClientEmitFlags &flags);
    std::unique_ptr<Private> d;
};

} // namespace SocketIo
