// SPDX-License-Identifier: MIT
#pragma once

#include "app/console/consoletypes.h"

#include <QtCore/QCborArray>
#include <QtCore/QHash>
#include <QtCore/QObject>
#include <QtCore/QTimer>

namespace Hubbub::App
{

/// Everything one admin namespace has told, indexed by hash. Everything is an upsert, since snapshot and
/// stream overlap and servers repeat themselves. Changes are collected and told at most every 100 ms. Thread:
/// GUI.
class ConsoleStore : public QObject
{
    Q_OBJECT
public:
    static constexpr std::chrono::milliseconds batch{100};
    static constexpr std::chrono::milliseconds pendingJoin{2'000}; ///< a join may come before its socket
    static constexpr std::chrono::milliseconds nodeSilence{10'000}; ///< then a node counts as lost
    static constexpr int eventsKept = 2'000;

    ConsoleStore(const QString &adminNsp, QObject *parent);

    static QString keyOf(const QString &nsp, const QString &id) { return nsp + u'\n' + id; }

    void clear();
    void allSockets(const QCborArray &sockets); ///< the snapshot; who is not in it goes
    void socketConnected(const QCborMap &socket);
    void socketUpdated(const QCborMap &socket);
    void socketDisconnected(const QString &nsp, const QString &id);
    void roomJoined(const QString &nsp, const QString &room, const QString &id, const QDateTime &time);
    void roomLeft(const QString &nsp, const QString &room, const QString &id, const QDateTime &time);
    void eventSeen(bool isOut, const QString &nsp, const QString &id, const QCborArray &args,
                   const QDateTime &time);
    void serverStats(const QCborMap &stats);
    void tick(); ///< once a second: rates move on
    void flush(); ///< tells now what has been collected

    const ConsoleSocket *socket(const QString &key) const;
    const ConsoleRoom *room(const QString &key) const;
    const QHash<QString, ConsoleSocket> &sockets() const { return m_sockets; }
    const QHash<QString, ConsoleRoom> &rooms() const { return m_rooms; }
    const QList<ConsoleNode> &nodes() const { return m_nodes; }
    QHash<QString, int> namespaces() const; ///< sockets by name, those without any too
    const QList<ConsoleEvent> &events() const { return m_events; } ///< oldest first
    int privateRooms() const { return m_privateRooms; }
    bool isLost(const ConsoleNode &node) const;
    /// How many sockets the nodes count more or fewer than this table holds.
    int drift() const;

Q_SIGNALS:
    void changed(const Hubbub::App::ConsoleChanges &changes);
    void statsReceived(); ///< the nodes' own counts are in
    void eventAdded(const Hubbub::App::ConsoleEvent &event);

private:
    struct PendingJoin {
        QString room;
        qint64 until = 0;
    };
    void upsert(const QCborMap &map);
    void remove(const QString &key);
    void enter(ConsoleSocket &socket, const QString &room);
    void exit(ConsoleSocket &socket, const QString &room);
    void keep(const ConsoleEvent &event);
    void touch();

    QString m_adminNsp;
    QHash<QString, ConsoleSocket> m_sockets;
    QHash<QString, ConsoleRoom> m_rooms;
    QHash<QString, int> m_socketsByNsp;
    QList<ConsoleNode> m_nodes;
    QList<ConsoleEvent> m_events;
    QHash<QString, QList<PendingJoin>> m_pendingJoins;
    int m_privateRooms = 0;
    ConsoleChanges m_changes;
    QTimer m_flush;
};

} // namespace Hubbub::App
