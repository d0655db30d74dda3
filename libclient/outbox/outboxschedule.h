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
    std::optional<OutboxEntry> retry(const QString &id);
    bool remove(const QString &id);

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

    std::optional<quint64> waitingIn(const Queue &queue) const;
    OutboxEntry *find(const QString &id);
    void release(const OutboxEntry &entry);

    std::map<quint64, OutboxEntry> m_entries; ///< by number, which counts up
    QHash<QString, quint64> m_numbers; ///< by id
    std::map<QString, Queue> m_queues;
    quint64 m_nextNumber = 0;
    int m_maxTries;
    SocketIo::Backoff::Options m_pause;
};

} // namespace Hubbub
