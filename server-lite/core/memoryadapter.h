// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/core/adapter.h"
#include "server-lite/core/nameset.h"

#include <QtCore/QHash>

namespace SocketIo
{

/// Rooms kept in the memory of this process. A room exists while a socket is in it. Thread: the server's.
class MemoryAdapter : public Adapter
{
    Q_OBJECT
public:
    using Adapter::Adapter;

    void addAll(const QString &socketId, const QSet<QString> &rooms) override;
    void del(const QString &socketId, const QString &room) override;
    void delAll(const QString &socketId) override;
    QSet<QString> socketRooms(const QString &socketId) const override;
    QStringList sockets(const BroadcastOptions &options) const override;
    QHash<QString, qsizetype> roomSizes() const override;

private:
    void removeFromRoom(const QString &socketId, const QString &room);
    bool isExcepted(const QString &socketId, const QSet<QString> &except) const;

    QHash<QString, NameSet> m_rooms; ///< room to socket ids
    QHash<QString, NameSet> m_sockets; ///< socket id to rooms
};

} // namespace SocketIo
