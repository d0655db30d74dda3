// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/core/memoryadapter.h"
#include "server-lite/core/recoverylog.h"

#include <QtCore/QTimer>

namespace SocketIo
{

/// Rooms in memory, and the newest events beside them, for clients that come back. Recorded as the reference
/// does: events without an ack that are not volatile, each with its offset as the last argument. A volatile
/// one that ends in text gets the newest offset too, for clients take any text there for an offset and could
/// not be recovered afterwards. Thread: the server's. Source: SessionAwareAdapter of socket.io-adapter 2.5.
class RecoveringAdapter : public MemoryAdapter
{
    Q_OBJECT
public:
    RecoveringAdapter(LocalNamespace &local, const RecoveryOptions &options, QObject *parent = nullptr);

    void broadcast(const BroadcastOptions &options, const QString &event,
                   const Arguments &arguments) override;
    QString offset() const override { return m_log.offset(); }
    void persistSession(const PersistedSession &session) override;
    QFuture<std::optional<PersistedSession>> restoreSession(const QString &pid,
                                                            const QString &offset) override;
    QFuture<QList<MissedEvent>> missedEvents(const PersistedSession &session) override;

    const RecoveryLog &log() const { return m_log; }

private:
    RecoveryLog m_log;
    QTimer m_pruning; ///< what nobody comes back for leaves without new events, too
};

} // namespace SocketIo
