// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/parser.h"
#include "server-lite/core/ackwaits.h"
#include "server-lite/core/namespace.h"
#include "server-lite/transport/engineserver.h"

#include <QtCore/QHash>

#include <vector>

namespace SocketIo
{

/// Thread: the server's.
class Namespace::Private
{
public:
    Private(Namespace *q, Server *server, const QString &name);

    /// An event as frames. Errors: "reserved-event", "too-many-attachments".
    Hubbub::Result<EngineIo::FramesPtr> encode(const QString &name, const Arguments &arguments,
                                               std::optional<quint64> id) const;

    QList<ServerSocket *> targets(const BroadcastOptions &options) const;
    void broadcast(const BroadcastOptions &options, const QString &name, const Arguments &arguments);
    QFuture<BroadcastReplies> broadcastWithAck(const BroadcastOptions &options, const QString &name,
                                               const Arguments &arguments,
                                               std::optional<std::chrono::milliseconds> timeout);

    void add(ServerSocket *socket);
    void remove(const QString &id);

    Namespace *const q;
    Server *const server;
    const QString name;
    QHash<QString, ServerSocket *> sockets;
    QList<ConnectMiddleware> middlewares;
    std::unique_ptr<Adapter> adapter;
    std::unique_ptr<AckWaits> acks;
    int outgoingListeners = 0; ///< sockets somebody watches with onAnyOutgoing

private:
    void send(const QList<ServerSocket *> &sockets, const EngineIo::FramesPtr &frames, bool isVolatile);
    void notifyOutgoing(const QList<ServerSocket *> &sockets, const QString &name,
                        const Arguments &arguments);
    EngineIo::GroupPtr everybody();
    EngineIo::GroupPtr groupOf(const QList<ServerSocket *> &sockets) const;

    EngineIo::GroupPtr m_everybody; ///< sessions of all sockets; null when some came or went
};

} // namespace SocketIo
