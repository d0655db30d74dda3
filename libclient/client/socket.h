// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/client/connectionstate.h"
#include "libclient/protocol/event.h"
#include "libclient/protocol/makearguments.h"
#include "libclient/protocol/typedhandler.h"

#include <QtCore/QDateTime>
#include <QtCore/QFuture>
#include <QtCore/QObject>

#include <memory>

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
    /// Gives the CONNECT payload; called anew for every attempt, may answer later.
    using AuthProvider = std::function<void(std::function<void(QCborMap)> answer)>;

    ~Socket() override;

    QString nsp() const;
    QString id() const; ///< empty while not connected
    Manager *manager() const;
    ConnectionState state() const;
    bool isConnected() const; ///< accepted by the namespace: Synchronising, Online or Degraded
    bool isActive() const; ///< will connect again by itself
    QDateTime retryAt() const; ///< when Waiting: the next attempt
    int attempt() const; ///< attempts since the connection was lost, from 1
    Hubbub::Error lastError() const; ///< why it is Waiting, Refused, Untrusted or Closed
    std::optional<std::chrono::milliseconds> roundTrip() const; ///< of the last acknowledged event
    qsizetype bufferedCount() const;

    void setAuth(const QCborMap &auth);
    void setAuth(AuthProvider provider);

    void connectToServer(); ///< JavaScript's connect()
    void disconnectFromServer(); ///< JavaScript's disconnect()

    /// Sends, or buffers while offline. Errors: "reserved-event", "buffer-full", "too-many-attachments",
    /// "message-too-large"; nothing is sent or kept then.
    Hubbub::Result<void> emitEvent(const QString &name, const Arguments &arguments);
    template <typename... A>
    Hubbub::Result<void> emitEvent(const QString &name, const A &...arguments)
    {
        return emitEvent(name, makeArguments(arguments...));
    }
    /// Sends now or never; true if it went out.
    bool emitVolatile(const QString &name, const Arguments &arguments);

    /// The server's answer. Always ends: with the arguments of the ack, "ack-timeout", "disconnected", or an
    /// error of emitEvent. The deadline runs while offline too; what it ends while buffered is never sent.
    QFuture<Hubbub::Result<Arguments>>
    emitWithAck(const QString &name, const Arguments &arguments,
                std::chrono::milliseconds timeout = std::chrono::seconds(10));

    /// Handlers run in the order they were added, until `context` is destroyed or off() is called.
    void on(const QString &event, QObject *context, EventHandler handler);
    template <typename F>
    void on(const QString &event, QObject *context, F &&handler)
    {
        on(event, context, EventHandler(makeHandler(std::forward<F>(handler))));
    }
    /// Before the handlers of the event's name.
    void onAny(QObject *context, EventHandler handler);
    template <typename F>
    void onAny(QObject *context, F &&handler)
    {
        onAny(context, EventHandler(makeHandler(std::forward<F>(handler))));
    }
    /// Sees what goes out, acks not.
    void onAnyOutgoing(QObject *context, EventHandler handler);
    template <typename F>
    void onAnyOutgoing(QObject *context, F &&handler)
    {
        onAnyOutgoing(context, EventHandler(makeHandler(std::forward<F>(handler))));
    }
    void off(const QString &event, const QObject *context);

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
    void argumentMismatch(const Hubbub::Error &error); ///< an event did not fit its handler

private:
    friend class Manager;
    class Private;
    Socket(Manager *manager, const QString &nsp);
    std::unique_ptr<Private> d;
};

} // namespace SocketIo
