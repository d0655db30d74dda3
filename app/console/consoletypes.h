// SPDX-License-Identifier: MIT
#pragma once

#include "app/console/ratewindow.h"

#include <QtCore/QCborMap>
#include <QtCore/QDateTime>
#include <QtCore/QSet>
#include <QtCore/QString>

namespace Hubbub::App
{

/// What the console knows of a server. Thread: GUI; plain values.
struct ConsoleSocket {
    QString key; ///< nsp and id together: one row
    QString nsp;
    QString id;
    QString clientId; ///< the same for all sockets of one transport connection
    QString transport;
    QString address;
    QString userId;
    QString user; ///< a name, if the application stored one
    QCborMap data;
    QSet<QString> rooms; ///< without the one of its own
    QDateTime openedAt;
    RateWindow in;
    RateWindow out;
    bool isAdmin = false;
};

struct ConsoleRoom {
    QString key;
    QString nsp;
    QString name;
    QSet<QString> members; ///< keys of sockets
    RateWindow out;
};

struct ConsoleNode {
    QString key; ///< serverId, hostname and pid: several processes may share one serverId
    QString name;
    qint64 clients = 0;
    qint64 polling = 0;
    double uptime = 0; ///< in seconds
    double cpu = -1; ///< percent of a core; -1: not told
    qint64 memory = -1; ///< bytes; -1: not told
    QHash<QString, qint64> namespaces; ///< sockets by namespace
    qint64 lastSeen = 0; ///< in ms, of a monotonic clock
    bool restarted = false;
};

struct ConsoleEvent {
    QString key; ///< of the socket
    QDateTime time;
    QString direction; ///< "in", "out", "join", "leave", "connected"
    QString name; ///< of the event or the room
    qint64 size = -1; ///< bytes of its arguments as JSON
};

/// What changed since the last time; keys of rows.
struct ConsoleChanges {
    QSet<QString> addedSockets;
    QSet<QString> changedSockets;
    QSet<QString> removedSockets;
    QSet<QString> addedRooms;
    QSet<QString> changedRooms;
    QSet<QString> removedRooms;
    bool nodes = false;
    bool namespaces = false;
    bool reset = false; ///< begin anew: the sets hold nothing

    bool isEmpty() const
    {
        return !reset && !nodes && !namespaces && addedSockets.isEmpty() && changedSockets.isEmpty()
               && removedSockets.isEmpty() && addedRooms.isEmpty() && changedRooms.isEmpty()
               && removedRooms.isEmpty();
    }
};

} // namespace Hubbub::App
