// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/core/broadcastoperator.h"

namespace SocketIo
{

/// A socket as fetchSockets() found it, on this server or another: what it was then, and what can be done to
/// it now. Thread: the server's; a value, which may outlive the socket.
class RemoteSocket
{
public:
    RemoteSocket(Namespace *nsp, SocketDetails details);

    const QString &id() const { return m_details.id; }
    const Handshake &handshake() const { return m_details.handshake; }
    const QSet<QString> &rooms() const { return m_details.rooms; }
    const QCborMap &data() const { return m_details.data; } ///< a copy

    /// Emits to it alone, and whatever else an operator can do.
    BroadcastOperator operation() const { return m_operator; }
    void emitEvent(const QString &name, const Arguments &arguments) const
    {
        m_operator.emitEvent(name, arguments);
    }
    template <typename... A>
    void emitEvent(const QString &name, const A &...arguments) const
    {
        m_operator.emitEvent(name, arguments...);
    }
    /// Its answer, as BroadcastOperator::emitWithAck: one reply, or none.
    QFuture<BroadcastReplies> emitWithAck(const QString &name, const Arguments &arguments,
                                          std::optional<std::chrono::milliseconds> timeout = {}) const
    {
        return m_operator.emitWithAck(name, arguments, timeout);
    }
    void join(const QString &room) const { m_operator.socketsJoin(room); }
    void join(const QStringList &rooms) const { m_operator.socketsJoin(rooms); }
    void leave(const QString &room) const { m_operator.socketsLeave(room); }
    void leave(const QStringList &rooms) const { m_operator.socketsLeave(rooms); }
    void disconnectSocket(bool closeConnection = false) const
    {
        m_operator.disconnectSockets(closeConnection);
    }

private:
    SocketDetails m_details;
    BroadcastOperator m_operator;
};

} // namespace SocketIo
