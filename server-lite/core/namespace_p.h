// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/parser.h"
#include "server-lite/core/ackwaits.h"
#include "server-lite/core/handlerlist.h"
#include "server-lite/core/parentnamespace.h"
#include "server-lite/transport/engineserver.h"

#include <QtCore/QHash>

#include <vector>

namespace SocketIo
{

/// Thread: the server's.
class Namespace::Private final : public LocalNamespace
{
public:
    Private(Namespace *q, Server *server, const QString &name, const AdapterFactory &makeAdapter);

    /// An event as frames. Errors: "reserved-event", "too-many-attachments".
    Hubbub::Result<EngineIo::FramesPtr> encode(const QString &name, const Arguments &arguments,
                                               std::optional<quint64> id) const;

    QList<ServerSocket *> targets(const BroadcastOptions &options) const;
    QFuture<BroadcastReplies> ask(BroadcastOptions options, const QString &name, const Arguments &arguments);
    QList<QPointer<ServerSocket>> guardedTargets(const BroadcastOptions &options) const;

    // LocalNamespace
    QString name() const override { return nspName; }
    bool broadcast(const BroadcastOptions &options, const QString &event,
                   const Arguments &arguments) override;
    void broadcastWithAck(const BroadcastOptions &options, const QString &event, const Arguments &arguments,
                          const AckSink &sink) override;
    QList<SocketDetails> details(const BroadcastOptions &options) const override;
    void joinAll(const BroadcastOptions &options, const QStringList &rooms) override;
    void leaveAll(const BroadcastOptions &options, const QStringList &rooms) override;
    void disconnectAll(const BroadcastOptions &options, bool closeConnection) override;
    void serverSideEvent(const Event &event) override;

    void add(ServerSocket *socket);
    void remove(const QString &id);

    Namespace *const q;
    Server *const server;
    const QString nspName;
    QPointer<ParentNamespace> parent; ///< of a child
    QHash<QString, ServerSocket *> sockets;
    QList<ConnectMiddleware> middlewares;
    QHash<QString, HandlerList> serverSideHandlers;
    std::unique_ptr<Adapter> adapter;
    std::unique_ptr<AckWaits> acks;
    int outgoingListeners = 0; ///< sockets somebody watches with onAnyOutgoing

private:
    void send(const QList<ServerSocket *> &sockets, const EngineIo::FramesPtr &frames, bool isVolatile);
    void notifyOutgoing(const QList<ServerSocket *> &sockets, const QString &name,
                        const Arguments &arguments);
    EngineIo::GroupPtr everybody();
    EngineIo::GroupPtr groupOf(const QList<ServerSocket *> &sockets) const;
    void removeIfEmpty();

    EngineIo::GroupPtr m_everybody; ///< sessions of all sockets; null when some came or went
};

} // namespace SocketIo
