// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/core/localnamespace.h"
#include "server-lite/core/recovery.h"

#include <QtCore/QFuture>
#include <QtCore/QHash>
#include <QtCore/QObject>
#include <QtCore/QSet>

#include <memory>

namespace SocketIo
{

/// Who is in which room of one namespace, and the way to all sockets of it wherever they are: in memory here,
/// over a network in others. One that joins several servers derives from MemoryAdapter, calls it for the
/// part of this server, and does to the LocalNamespace what other servers ask for; options with `local` stay
/// here. Thread: the server's. Source: the adapter contract of socket.io 4.8.
class Adapter : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    virtual void init() { } ///< the namespace is there
    virtual void close() { } ///< the namespace or the server ends

    // Rooms of this server's sockets
    virtual void addAll(const QString &socketId, const QSet<QString> &rooms) = 0;
    virtual void del(const QString &socketId, const QString &room) = 0;
    virtual void delAll(const QString &socketId) = 0;
    virtual QSet<QString> socketRooms(const QString &socketId) const = 0;
    /// Ids of the local sockets the options name, each once.
    virtual QStringList sockets(const BroadcastOptions &options) const = 0;
    virtual QHash<QString, qsizetype> roomSizes() const = 0;

    // Sockets of all servers
    virtual void broadcast(const BroadcastOptions &options, const QString &event,
                           const Arguments &arguments) = 0;
    /// Every server tells the sink once how many it asked, and of each of those once. Dropping the sink ends
    /// the wait.
    virtual void broadcastWithAck(const BroadcastOptions &options, const QString &event,
                                  const Arguments &arguments, const AckSink &sink) = 0;
    virtual QFuture<QList<SocketDetails>> fetchSockets(const BroadcastOptions &options) = 0;
    virtual void addSockets(const BroadcastOptions &options, const QStringList &rooms) = 0;
    virtual void delSockets(const BroadcastOptions &options, const QStringList &rooms) = 0;
    virtual void disconnectSockets(const BroadcastOptions &options, bool closeConnection) = 0;

    // The other servers
    virtual QFuture<int> serverCount() = 0; ///< with this one
    virtual void serverSideEmit(const QString &event, const Arguments &arguments) = 0;
    virtual QFuture<BroadcastReplies> serverSideEmitWithAck(const QString &event, const Arguments &arguments,
                                                            std::chrono::milliseconds timeout) = 0;

    // Connection state recovery; these do nothing for an adapter without it
    /// Of the newest event that can be replayed; empty: sessions cannot be recovered here.
    virtual QString offset() const { return {}; }
    virtual void persistSession(const PersistedSession &session);
    /// Takes the session out, so that two clients never have the same; nothing if it is unknown or too old,
    /// or if what came after `offset` is not known any more. The session's own offset is used if the client
    /// saw none, or says an older one.
    virtual QFuture<std::optional<PersistedSession>> restoreSession(const QString &pid,
                                                                    const QString &offset);
    /// What came after the session's offset, for its rooms, in order.
    virtual QFuture<QList<MissedEvent>> missedEvents(const PersistedSession &session);

Q_SIGNALS:
    void roomCreated(const QString &room);
    void roomDeleted(const QString &room);
    void roomJoined(const QString &room, const QString &socketId);
    void roomLeft(const QString &room, const QString &socketId);
};

/// Makes the adapter of one namespace.
using AdapterFactory = std::function<std::unique_ptr<Adapter>(LocalNamespace &)>;

} // namespace SocketIo
