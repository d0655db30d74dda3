// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/core/broadcastoperator.h"

namespace SocketIo
{

/// What a Server and a Namespace can do to sockets, each word as BroadcastOperator has it; `Self` gives an
/// operator for everybody by all(). Thread: the server's.
template <typename Self>
class Broadcasts
{
public:
    BroadcastOperator to(const QString &room) const { return start().to(room); }
    BroadcastOperator to(const QStringList &rooms) const { return start().to(rooms); }
    BroadcastOperator in(const QString &room) const { return start().to(room); }
    BroadcastOperator in(const QStringList &rooms) const { return start().to(rooms); }
    BroadcastOperator except(const QString &room) const { return start().except(room); }
    BroadcastOperator except(const QStringList &rooms) const { return start().except(rooms); }
    BroadcastOperator asVolatile() const { return start().asVolatile(); }
    BroadcastOperator local() const { return start().local(); }
    BroadcastOperator compress(bool wanted) const { return start().compress(wanted); }
    BroadcastOperator timeout(std::chrono::milliseconds deadline) const { return start().timeout(deadline); }

    void emitEvent(const QString &name, const Arguments &arguments) const
    {
        start().emitEvent(name, arguments);
    }
    template <typename... A>
    void emitEvent(const QString &name, const A &...arguments) const
    {
        start().emitEvent(name, arguments...);
    }
    template <typename... A>
    void send(const A &...arguments) const
    {
        start().send(arguments...);
    }
    template <typename... A>
    void write(const A &...arguments) const
    {
        start().send(arguments...);
    }
    QFuture<BroadcastReplies> emitWithAck(const QString &name, const Arguments &arguments,
                                          std::optional<std::chrono::milliseconds> timeout = {}) const
    {
        return start().emitWithAck(name, arguments, timeout);
    }
    QFuture<QList<RemoteSocket>> fetchSockets() const { return start().fetchSockets(); }
    void socketsJoin(const QString &room) const { start().socketsJoin(room); }
    void socketsJoin(const QStringList &rooms) const { start().socketsJoin(rooms); }
    void socketsLeave(const QString &room) const { start().socketsLeave(room); }
    void socketsLeave(const QStringList &rooms) const { start().socketsLeave(rooms); }
    void disconnectSockets(bool closeConnection = false) const { start().disconnectSockets(closeConnection); }

private:
    BroadcastOperator start() const { return static_cast<const Self *>(this)->all(); }
};

} // namespace SocketIo
