// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/core/memoryadapter.h"
#include "server-lite/core/parentnamespace.h"

namespace SocketIo
{

/// Passes what a parent namespace is told to do on to its children. Thread: the server's.
class ParentAdapter : public MemoryAdapter
{
    Q_OBJECT
public:
    ParentAdapter(LocalNamespace &local, const ParentNamespace &parent);

    void broadcast(const BroadcastOptions &options, const QString &event,
                   const Arguments &arguments) override;
    void broadcastWithAck(const BroadcastOptions &options, const QString &event, const Arguments &arguments,
                          const AckSink &sink) override;
    QFuture<QList<SocketDetails>> fetchSockets(const BroadcastOptions &options) override;
    void addSockets(const BroadcastOptions &options, const QStringList &rooms) override;
    void delSockets(const BroadcastOptions &options, const QStringList &rooms) override;
    void disconnectSockets(const BroadcastOptions &options, bool closeConnection) override;
    QFuture<int> serverCount() override;

private:
    void each(const std::function<void(Adapter &)> &call) const;

    const ParentNamespace &m_parent;
};

} // namespace SocketIo
