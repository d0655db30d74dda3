// SPDX-License-Identifier: MIT
#include "app/console/consolestore.h"

#include "app/console/admintypes.h"
#include "libclient/protocol/json.h"

#include <QtCore/QDeadlineTimer>

#include <algorithm>

namespace Hubbub::App
{

using namespace Qt::StringLiterals;

namespace
{

qint64 now()
{
    return QDeadlineTimer::current().deadline();
}

} // namespace

ConsoleStore::ConsoleStore(const QString &adminNsp, QObject *parent)
    : QObject(parent)
    , m_adminNsp(adminNsp)
{
    m_flush.setSingleShot(true);
    m_flush.setInterval(batch);
    connect(&m_flush, &QTimer::timeout, this, &ConsoleStore::flush);
}

void ConsoleStore::clear()
{
    m_sockets.clear();
    m_rooms.clear();
    m_socketsByNsp.clear();
    m_nodes.clear();
    m_events.clear();
    m_pendingJoins.clear();
    m_privateRooms = 0;
    m_changes = {};
    m_changes.reset = true;
    flush();
}

void ConsoleStore::allSockets(const QCborArray &sockets)
{
    QSet<QString> gone(m_sockets.keyBegin(), m_sockets.keyEnd());
    for (const QCborValue &value : sockets) {
        const QCborMap map = value.toMap();
        gone.remove(keyOf(Admin::text(map.value("nsp"_L1)), Admin::text(map.value("id"_L1))));
        upsert(map);
    }
    for (const QString &key : gone)
        remove(key);
}

void ConsoleStore::socketConnected(const QCborMap &map)
{
    const QString key = keyOf(Admin::text(map.value("nsp"_L1)), Admin::text(map.value("id"_L1)));
    const bool isNew = !m_sockets.contains(key);
    upsert(map);
    if (isNew && m_sockets.contains(key))
        keep({key, QDateTime::currentDateTime(), u"connected"_s, m_sockets.value(key).transport, -1});
}

void ConsoleStore::socketUpdated(const QCborMap &map)
{
    const auto socket =
        m_sockets.find(keyOf(Admin::text(map.value("nsp"_L1)), Admin::text(map.value("id"_L1))));
    if (socket == m_sockets.end())
        return;
    Admin::update(*socket, map);
    m_changes.changedSockets.insert(socket.key());
    touch();
}

void ConsoleStore::socketDisconnected(const QString &nsp, const QString &id)
{
    remove(keyOf(nsp, id));
}

void ConsoleStore::roomJoined(const QString &nsp, const QString &room, const QString &id,
                              const QDateTime &time)
{
    const QString key = keyOf(nsp, id);
    const auto socket = m_sockets.find(key);
    if (socket == m_sockets.end()) {
        m_pendingJoins[key].append({room, now() + pendingJoin.count()});
        return;
    }
    if (room == id)
        return;
    enter(*socket, room);
    keep({key, time, u"join"_s, room, -1});
}

void ConsoleStore::roomLeft(const QString &nsp, const QString &room, const QString &id, const QDateTime &time)
{
    const QString key = keyOf(nsp, id);
    const auto socket = m_sockets.find(key);
    if (socket == m_sockets.end() || room == id)
        return;
    exit(*socket, room);
    keep({key, time, u"leave"_s, room, -1});
}

void ConsoleStore::eventSeen(bool isOut, const QString &nsp, const QString &id, const QCborArray &args,
                             const QDateTime &time)
{
    const QString key = keyOf(nsp, id);
    if (const auto socket = m_sockets.find(key); socket != m_sockets.end())
        (isOut ? socket->out : socket->in).add();
    if (isOut) {
        // The wire does not say through which room an event went; payloads that name one do.
        const QString roomId = Admin::text(args.at(1).toMap().value("roomId"_L1));
        for (const QString &name : {roomId, u"room:"_s + roomId}) {
            const auto room = roomId.isEmpty() ? m_rooms.end() : m_rooms.find(keyOf(nsp, name));
            if (room != m_rooms.end())
                room->out.add();
        }
    }
    qint64 size = 0;
    for (qsizetype i = 1; i < args.size(); ++i)
        size += SocketIo::Json::toJson(args.at(i)).size();
    keep({key, time, isOut ? u"out"_s : u"in"_s, Admin::text(args.at(0)), size});
}

void ConsoleStore::serverStats(const QCborMap &stats)
{
    ConsoleNode node = Admin::readNode(stats);
    node.lastSeen = now();
    const auto known = std::find_if(m_nodes.begin(), m_nodes.end(),
                                    [&](const ConsoleNode &other) { return other.key == node.key; });
    if (known == m_nodes.end()) {
        m_nodes.append(node);
    } else {
        node.restarted = known->restarted || node.uptime < known->uptime;
        *known = node;
    }
    m_changes.nodes = true;
    m_changes.namespaces = true;
    touch();
    Q_EMIT statsReceived();
}

void ConsoleStore::tick()
{
    const qint64 time = now();
    for (ConsoleSocket &socket : m_sockets) {
        const bool in = socket.in.tick();
        if (socket.out.tick() || in)
            m_changes.changedSockets.insert(socket.key);
    }
    for (ConsoleRoom &room : m_rooms) {
        if (room.out.tick())
            m_changes.changedRooms.insert(room.key);
    }
    m_pendingJoins.removeIf([time](auto entry) {
        entry->removeIf([time](const PendingJoin &join) { return join.until <= time; });
        return entry->isEmpty();
    });
    m_changes.nodes = m_changes.nodes || !m_nodes.isEmpty();
    touch();
}

void ConsoleStore::flush()
{
    m_flush.stop();
    if (m_changes.isEmpty())
        return;
    const ConsoleChanges changes = std::exchange(m_changes, {});
    Q_EMIT changed(changes);
}

const ConsoleSocket *ConsoleStore::socket(const QString &key) const
{
    const auto at = m_sockets.constFind(key);
    return at == m_sockets.constEnd() ? nullptr : &*at;
}

const ConsoleRoom *ConsoleStore::room(const QString &key) const
{
    const auto at = m_rooms.constFind(key);
    return at == m_rooms.constEnd() ? nullptr : &*at;
}

QHash<QString, int> ConsoleStore::namespaces() const
{
    QHash<QString, int> all = m_socketsByNsp;
    for (const ConsoleNode &node : m_nodes) {
        for (auto nsp = node.namespaces.begin(); nsp != node.namespaces.end(); ++nsp) {
            if (m_sockets.isEmpty()) // in production mode only the nodes know
                all[nsp.key()] += int(*nsp);
            else if (!all.contains(nsp.key()))
                all.insert(nsp.key(), 0);
        }
    }
    return all;
}

bool ConsoleStore::isLost(const ConsoleNode &node) const
{
    return now() - node.lastSeen > nodeSilence.count();
}

int ConsoleStore::drift() const
{
    QHash<QString, qint64> told;
    for (const ConsoleNode &node : m_nodes) {
        for (auto nsp = node.namespaces.begin(); nsp != node.namespaces.end() && !isLost(node); ++nsp)
            told[nsp.key()] += *nsp;
    }
    qint64 drift = 0;
    for (auto nsp = told.begin(); nsp != told.end(); ++nsp)
        drift += std::abs(*nsp - m_socketsByNsp.value(nsp.key()));
    return int(drift);
}

void ConsoleStore::upsert(const QCborMap &map)
{
    ConsoleSocket read = Admin::readSocket(map);
    if (read.id.isEmpty())
        return;
    read.isAdmin = read.nsp == m_adminNsp;
    read.key = keyOf(read.nsp, read.id);
    const QSet<QString> rooms = std::exchange(read.rooms, {});
    auto socket = m_sockets.find(read.key);
    if (socket == m_sockets.end()) {
        socket = m_sockets.insert(read.key, read);
        m_socketsByNsp[read.nsp] += 1;
        m_privateRooms += 1;
        m_changes.removedSockets.remove(read.key);
        m_changes.addedSockets.insert(read.key);
        m_changes.namespaces = true;
    } else {
        Admin::update(*socket, map);
        m_changes.changedSockets.insert(read.key);
    }
    for (const QString &room : rooms) {
        if (room != read.id)
            enter(*socket, room);
    }
    for (const PendingJoin &join : m_pendingJoins.take(read.key)) {
        if (join.room != read.id)
            enter(*socket, join.room);
    }
    touch();
}

void ConsoleStore::remove(const QString &key)
{
    const auto socket = m_sockets.find(key);
    if (socket == m_sockets.end())
        return;
    const QSet<QString> rooms = socket->rooms;
    for (const QString &room : rooms)
        exit(*socket, room);
    m_socketsByNsp[socket->nsp] -= 1;
    m_privateRooms -= 1;
    m_sockets.erase(socket);
    m_changes.changedSockets.remove(key);
    if (!m_changes.addedSockets.remove(key))
        m_changes.removedSockets.insert(key);
    m_changes.namespaces = true;
    touch();
}

void ConsoleStore::enter(ConsoleSocket &socket, const QString &name)
{
    if (socket.rooms.contains(name))
        return;
    socket.rooms.insert(name);
    const QString key = keyOf(socket.nsp, name);
    auto room = m_rooms.find(key);
    if (room == m_rooms.end()) {
        room = m_rooms.insert(key, {key, socket.nsp, name, {}, {}});
        if (!m_changes.removedRooms.remove(key))
            m_changes.addedRooms.insert(key);
        else
            m_changes.changedRooms.insert(key);
    } else {
        m_changes.changedRooms.insert(key);
    }
    room->members.insert(socket.key);
    m_changes.changedSockets.insert(socket.key);
    touch();
}

void ConsoleStore::exit(ConsoleSocket &socket, const QString &name)
{
    socket.rooms.remove(name);
    const QString key = keyOf(socket.nsp, name);
    const auto room = m_rooms.find(key);
    if (room == m_rooms.end())
        return;
    room->members.remove(socket.key);
    m_changes.changedSockets.insert(socket.key);
    m_changes.changedRooms.insert(key);
    if (room->members.isEmpty()) {
        m_rooms.erase(room);
        m_changes.changedRooms.remove(key);
        if (!m_changes.addedRooms.remove(key))
            m_changes.removedRooms.insert(key);
    }
    touch();
}

void ConsoleStore::keep(const ConsoleEvent &event)
{
    m_events.append(event);
    if (m_events.size() > eventsKept * 2)
        m_events.remove(0, m_events.size() - eventsKept);
    Q_EMIT eventAdded(event);
}

void ConsoleStore::touch()
{
    if (!m_flush.isActive())
        m_flush.start();
}

} // namespace Hubbub::App
