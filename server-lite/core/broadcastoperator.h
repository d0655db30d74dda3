// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/arguments.h"
#include "libclient/protocol/error.h"
#include "libclient/protocol/makearguments.h"
#include "server-lite/core/broadcastoptions.h"
#include "server-lite/core/localnamespace.h"

#include <QtCore/QFuture>
#include <QtCore/QPointer>
#include <QtCore/QStringList>

namespace SocketIo
{

class Namespace;
class RemoteSocket;
class ServerSocket;

/// Builds up a broadcast; every call gives a new one, so parts can be kept and shared. Reaches the sockets of
/// all servers that the adapter joins. Thread: the server's.
class BroadcastOperator
{
public:
    explicit BroadcastOperator(Namespace *nsp, BroadcastOptions options = {});

    BroadcastOperator to(const QString &room) const;
    BroadcastOperator to(const QStringList &rooms) const;
    BroadcastOperator in(const QString &room) const { return to(room); }
    BroadcastOperator in(const QStringList &rooms) const { return to(rooms); }
    BroadcastOperator except(const QString &room) const;
    BroadcastOperator except(const QStringList &rooms) const;
    BroadcastOperator asVolatile() const; ///< JavaScript's volatile: dropped for who cannot take it now
    BroadcastOperator local() const; ///< this server's sockets only
    BroadcastOperator compress(bool wanted) const; ///< no transport here compresses; passed on to adapters
    BroadcastOperator timeout(std::chrono::milliseconds deadline) const; ///< of emitWithAck()

    /// Encoded once for all receivers. What cannot be sent, for its reserved name or its many attachments, is
    /// not, with a warning.
    void emitEvent(const QString &name, const Arguments &arguments) const;
    template <typename... A>
    void emitEvent(const QString &name, const A &...arguments) const
    {
        emitEvent(name, makeArguments(arguments...));
    }
    /// The event "message".
    template <typename... A>
    void send(const A &...arguments) const
    {
        emitEvent(QStringLiteral("message"), arguments...);
    }
    template <typename... A>
    void write(const A &...arguments) const
    {
        send(arguments...);
    }

    /// Everybody's answer; ends when all have answered or left, or after the timeout: this one, that of
    /// timeout(), or the server's ackTimeout.
    QFuture<BroadcastReplies> emitWithAck(const QString &name, const Arguments &arguments,
                                          std::optional<std::chrono::milliseconds> timeout = {}) const;

    /// Copies of what is known of the sockets, of all servers. With the memory adapter the future is ready.
    QFuture<QList<RemoteSocket>> fetchSockets() const;
    /// The sockets of this server.
    QList<ServerSocket *> localSockets() const;
    void socketsJoin(const QString &room) const { socketsJoin(QStringList{room}); }
    void socketsJoin(const QStringList &rooms) const;
    void socketsLeave(const QString &room) const { socketsLeave(QStringList{room}); }
    void socketsLeave(const QStringList &rooms) const;
    void disconnectSockets(bool closeConnection = false) const;

private:
    QPointer<Namespace> m_namespace;
    BroadcastOptions m_options;
};

} // namespace SocketIo
