// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/core/broadcastoptions.h"
#include "server-lite/core/recovery.h"

#include <QtCore/QHash>

#include <deque>

namespace SocketIo
{

/// The newest events of one namespace, and the sessions that may come back for them; within the bounds of
/// its options. An offset names a place between events, so one whose event was dropped is still good while
/// nothing after it was. Thread: the server's.
class RecoveryLog
{
public:
    using Clock = std::chrono::steady_clock;

    explicit RecoveryLog(const RecoveryOptions &options);

    /// Keeps an event whose last argument will be the offset it gets: offset() after the call.
    void append(const BroadcastOptions &options, const QString &event, const Arguments &arguments,
                Clock::time_point now);
    void dropNewest(); ///< it was not sent after all
    QString offset() const; ///< of the newest event; of the start if there was none
    QString nextOffset() const;

    void persist(const PersistedSession &session);
    std::optional<PersistedSession> take(const QString &pid, const QString &offset, Clock::time_point now);
    QList<MissedEvent> missed(const PersistedSession &session) const;

    void prune(Clock::time_point now);
    qsizetype packets() const { return qsizetype(m_entries.size()); }
    qint64 bytes() const { return m_bytes; }
    qsizetype sessions() const { return m_sessions.size(); }

private:
    struct Entry {
        QSet<QString> rooms;
        QSet<QString> except;
        QString event;
        Arguments arguments;
        qint64 bytes = 0;
        Clock::time_point at;
    };

    QString toOffset(quint64 number) const;
    std::optional<quint64> toNumber(const QString &offset) const;
    void dropOldest();

    const RecoveryOptions m_options;
    const QString m_epoch; ///< an offset of another log, or of before a restart, is none of ours
    std::deque<Entry> m_entries;
    quint64 m_dropped = 0; ///< events before the first of them: it has the number after this one
    qint64 m_bytes = 0;
    QHash<QString, PersistedSession> m_sessions; ///< by pid
    std::deque<std::pair<Clock::time_point, QString>> m_order; ///< their pids, the oldest first
};

} // namespace SocketIo
