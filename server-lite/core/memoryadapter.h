// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/core/adapter.h"
#include "server-lite/core/nameset.h"

#include <QtCore/QHash>

namespace SocketIo
{

/// Rooms kept in the memory of this process, and no other server: serverCount() is 1, and an event to the
/// other servers reaches nobody and gets no answers, at once. A room exists while a socket is in it. Thread:
/// the server's.
class MemoryAdapter : public Adapter
{
    Q_OBJECT
public:
    explicit MemoryAdapter(LocalNamespace &local, QObject *parent = nullptr);

    void addAll(const QString &socketId, const QSet<QString> &rooms) override;
    void del(const QString &socketId, const QString &room) override;
    void delAll(const QString &socketId) override;
    QSet<QString> socketRooms(const QString &socketId) const override;
    QStringList sockets(const BroadcastOptions &options) const override;
    QHash<QString, qsizetype> roomSizes() const override;

    void broadcast(const BroadcastOptions &options, const QString &event,
                   const Arguments &arguments) override;
    void broadcastWithAck(const BroadcastOptions &options, const QString &event, const Arguments &arguments,
                          const AckSink &sink) override;
    QFuture<QList<SocketDetails>> fetchSockets(const BroadcastOptions &options) override;
    void addSockets(const BroadcastOptions &options, const QStringList &rooms) override;
    void delSockets(const BroadcastOptions &options, const QStringList &rooms) override;
    void disconnectSockets(const BroadcastOptions &options, bool closeConnection) override;

    QFuture<int> serverCount() override;
    void serverSideEmit(const QString &event, const Arguments &arguments) override;
    QFuture<BroadcastReplies> serverSideEmitWithAck(const QString &event, const Arguments &arguments,
                                                    std::chrono::milliseconds timeout) override;

protected:
    LocalNamespace &local() const { return m_local; }

private:
    void removeFromRoom(const QString &socketId, const QString &room);
    bool isExcepted(const QString &socketId, const QSet<QString> &except) const;

    LocalNamespace &m_local;
    QHash<QString, NameSet> m_rooms; ///< room to socket ids
    QHash<QString, NameSet> m_sockets; ///< socket id to rooms
};

} // namespace SocketIo
