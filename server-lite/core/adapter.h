// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/core/broadcastoperator.h"

#include <QtCore/QObject>
#include <QtCore/QSet>

namespace SocketIo
{

/// Who is in which room of one namespace; in memory here, over a network in others. Thread: the server's.
/// Source: the adapter contract of socket.io 4.8.
class Adapter : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    virtual void addAll(const QString &socketId, const QSet<QString> &rooms) = 0;
    virtual void del(const QString &socketId, const QString &room) = 0;
    virtual void delAll(const QString &socketId) = 0;
    virtual QSet<QString> socketRooms(const QString &socketId) const = 0;
    /// Ids of the local sockets the options name, each once.
    virtual QStringList sockets(const BroadcastOptions &options) const = 0;
    virtual QHash<QString, qsizetype> roomSizes() const = 0;

Q_SIGNALS:
    void roomCreated(const QString &room);
    void roomDeleted(const QString &room);
    void roomJoined(const QString &room, const QString &socketId);
    void roomLeft(const QString &room, const QString &socketId);
};

} // namespace SocketIo
