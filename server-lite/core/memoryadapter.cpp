// SPDX-License-Identifier: MIT
#include "server-lite/core/memoryadapter.h"

#include "server-lite/core/readyfuture.h"

#include <algorithm>

namespace SocketIo
{

MemoryAdapter::MemoryAdapter(LocalNamespace &local, QObject *parent)
    : Adapter(parent)
    , m_local(local)
{
}

void MemoryAdapter::broadcast(const BroadcastOptions &options, const QString &event,
                              const Arguments &arguments)
{
    m_local.broadcast(options, event, arguments);
}

void MemoryAdapter::broadcastWithAck(const BroadcastOptions &options, const QString &event,
                                     const Arguments &arguments, const AckSink &sink)
{
    m_local.broadcastWithAck(options, event, arguments, sink);
}

QFuture<QList<SocketDetails>> MemoryAdapter::fetchSockets(const BroadcastOptions &options)
{
    return readyFuture(m_local.details(options));
}

void MemoryAdapter::addSockets(const BroadcastOptions &options, const QStringList &rooms)
{
    m_local.joinAll(options, rooms);
}

void MemoryAdapter::delSockets(const BroadcastOptions &options, const QStringList &rooms)
{
    m_local.leaveAll(options, rooms);
}

void MemoryAdapter::disconnectSockets(const BroadcastOptions &options, bool closeConnection)
{
    m_local.disconnectAll(options, closeConnection);
}

QFuture<int> MemoryAdapter::serverCount()
{
    return readyFuture(1);
}

void MemoryAdapter::serverSideEmit(const QString &, const Arguments &) { }

QFuture<BroadcastReplies> MemoryAdapter::serverSideEmitWithAck(const QString &, const Arguments &,
                                                               std::chrono::milliseconds)
{
    return readyFuture(BroadcastReplies{});
}

void MemoryAdapter::addAll(const QString &socketId, const QSet<QString> &rooms)
{
    for (const QString &room : rooms) {
        auto &ofSocket = m_sockets[socketId];
        if (ofSocket.contains(room))
            continue;
        ofSocket.insert(room);
        const bool created = !m_rooms.contains(room);
        m_rooms[room].insert(socketId);
        if (created)
            Q_EMIT roomCreated(room);
        Q_EMIT roomJoined(room, socketId);
    }
}

void MemoryAdapter::del(const QString &socketId, const QString &room)
{
    const auto it = m_sockets.find(socketId);
    if (it == m_sockets.end() || !it->remove(room))
        return;
    if (it->isEmpty())
        m_sockets.erase(it);
    removeFromRoom(socketId, room);
}

void MemoryAdapter::delAll(const QString &socketId)
{
    m_sockets.take(socketId).forEach([&](const QString &room) { removeFromRoom(socketId, room); });
}

void MemoryAdapter::removeFromRoom(const QString &socketId, const QString &room)
{
    const auto it = m_rooms.find(room);
    if (it == m_rooms.end() || !it->remove(socketId))
        return;
    const bool empty = it->isEmpty();
    if (empty)
        m_rooms.erase(it);
    Q_EMIT roomLeft(room, socketId);
    if (empty)
        Q_EMIT roomDeleted(room);
}

QSet<QString> MemoryAdapter::socketRooms(const QString &socketId) const
{
    return m_sockets.value(socketId).toSet();
}

bool MemoryAdapter::isExcepted(const QString &socketId, const QSet<QString> &except) const
{
    return std::any_of(except.cbegin(), except.cend(), [&](const QString &room) {
        const auto it = m_rooms.constFind(room);
        return it != m_rooms.cend() && it->contains(socketId);
    });
}

QStringList MemoryAdapter::sockets(const BroadcastOptions &options) const
{
    QStringList ids;
    const auto add = [&](const QString &id) {
        if (!isExcepted(id, options.except))
            ids.append(id);
    };
    if (options.rooms.isEmpty()) {
        ids.reserve(m_sockets.size());
        for (auto it = m_sockets.keyBegin(); it != m_sockets.keyEnd(); ++it)
            add(*it);
        return ids;
    }
    if (options.rooms.size() == 1) {
        const auto it = m_rooms.constFind(*options.rooms.cbegin());
        if (it != m_rooms.cend()) {
            ids.reserve(it->size());
            it->forEach(add);
        }
        return ids;
    }
    QSet<QString> united;
    for (const QString &room : options.rooms)
        m_rooms.value(room).forEach([&](const QString &id) { united.insert(id); });
    std::for_each(united.cbegin(), united.cend(), add);
    return ids;
}

QHash<QString, qsizetype> MemoryAdapter::roomSizes() const
{
    QHash<QString, qsizetype> sizes;
    sizes.reserve(m_rooms.size());
    for (auto it = m_rooms.cbegin(); it != m_rooms.cend(); ++it)
        sizes.insert(it.key(), it->size());
    return sizes;
}

} // namespace SocketIo
