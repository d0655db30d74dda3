// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/client/backoff.h"
#include "libclient/outbox/outbox.h"

#include <QtCore/QHash>

#include <chrono>
#include <map>
#include <optional>
#include <set>

namespace Hubbub
{

/// Which entry is sent when: in order within a queue, one at a time, dead letters passed over, a pause after
/// a try without an answer. Knows neither file nor network nor clock. Thread: that of its Outbox.
class OutboxSchedule
{
public:
    using Time = std::chrono::steady_clock::time_point;

    explicit OutboxSchedule(int maxTries, SocketIo::Backoff::Options pause);

    void add(const OutboxEntry &entry); ///< behind all others
    std::optional<OutboxEntry> startNext(Time now); ///< the next one due, now Sending
    std::optional<Time> nextDue() const; ///< when a pause ends, if nothing can start before

    // These give the entry as it became, or nothing if it is unknown or not in a state for it.
    std::optional<OutboxEntry> fail(const QString &id, const Error &error);
    std::optional<OutboxEntry> pause(const QString &id, const Error &error,
                                     Time now); ///< Failed after maxTries
    std::optional<OutboxEntry> retry(const QString &id); ///< expires no more
    bool remove(const QString &id);
    bool isSending(const QString &id) const;

    /// Those that wait and whose time is over by the wall clock, now Failed as "expired".
    QList<OutboxEntry> expire(const QDateTime &now);
    std::optional<QDateTime> nextExpiry() const; ///< of those that wait

    QList<OutboxEntry> recall(); ///< what was Sending is Queued again; this try does not count
    void startAfresh(); ///< a new connection: no pauses, and no tries held against what the last one lost

    QList<OutboxEntry> entries() const; ///< oldest first
    qsizetype count() const { return qsizetype(m_entries.size()); }

private:
    struct Queue {
        std::set<quint64> numbers; ///< its entries, oldest first
        std::optional<quint64> sending;
        std::optional<Time> notBefore;
        SocketIo::Backoff backoff;
    };

    using Entries = std::map<quint64, OutboxEntry>;

    std::optional<quint64> waitingIn(const Queue &queue) const;
    Entries::iterator find(const QString &id);
    void setState(Entries::iterator at, OutboxState state);
    void release(const OutboxEntry &entry);

    Entries m_entries; ///< by number, which counts up
    std::set<std::pair<qint64, quint64>> m_expiries; ///< ms since 1970 and number of those that wait
    QHash<QString, quint64> m_numbers; ///< by id
    std::map<QString, Queue> m_queues;
    quint64 m_nextNumber = 0;
    int m_maxTries;
    SocketIo::Backoff::Options m_pause;
};

} // namespace Hubbub
