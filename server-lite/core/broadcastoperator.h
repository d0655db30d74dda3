// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/arguments.h"
#include "libclient/protocol/error.h"
#include "libclient/protocol/makearguments.h"

#include <QtCore/QFuture>
#include <QtCore/QPointer>
#include <QtCore/QSet>
#include <QtCore/QString>

#include <chrono>
#include <optional>

namespace SocketIo
{

class Namespace;
class ServerSocket;

/// Whom a broadcast reaches, and how: sockets in any of `rooms` (all if there are none) and in none of
/// `except`.
struct BroadcastOptions {
    QSet<QString> rooms;
    QSet<QString> except;
    bool isVolatile = false;
};

struct BroadcastReplies {
    QList<Arguments> replies; ///< in order of arrival
    int expected = 0; ///< fewer replies than this: the rest left or ran out of time
};

/// Builds up a broadcast; every call gives a new one, so parts can be kept and shared. Thread: the server's.
class BroadcastOperator
{
public:
    explicit BroadcastOperator(Namespace *nsp, BroadcastOptions options = {});

    BroadcastOperator to(const QString &room) const;
    BroadcastOperator in(const QString &room) const { return to(room); }
    BroadcastOperator except(const QString &room) const;
    BroadcastOperator asVolatile() const;

    /// Encoded once for all receivers.
    void emitEvent(const QString &name, const Arguments &arguments) const;
    template <typename... A>
    void emitEvent(const QString &name, const A &...arguments) const
    {
        emitEvent(name, makeArguments(arguments...));
    }

    /// Everybody's answer; ends when all have answered, left, or after the timeout (else the server's
    /// ackTimeout).
    QFuture<BroadcastReplies> emitWithAck(const QString &name, const Arguments &arguments,
                                          std::optional<std::chrono::milliseconds> timeout = {}) const;

    QList<ServerSocket *> fetchSockets() const;
    void socketsJoin(const QString &room) const;
    void socketsLeave(const QString &room) const;
    void disconnectSockets(bool closeConnection = false) const;

private:
    QPointer<Namespace> m_namespace;
    BroadcastOptions m_options;
};

} // namespace SocketIo
