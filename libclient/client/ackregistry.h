// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/arguments.h"
#include "libclient/protocol/error.h"

#include <QtCore/QBasicTimer>
#include <QtCore/QFuture>
#include <QtCore/QHash>
#include <QtCore/QObject>

#include <chrono>
#include <optional>
#include <set>

namespace SocketIo
{

/// An answer somebody waits for. Copies share it; if the last one goes without an answer, the wait ends as
/// "disconnected". Thread: that of its Socket.
class PendingAck
{
public:
    PendingAck();
    QFuture<Hubbub::Result<Arguments>> future() const;

    /// Ends the wait, the first time it is called. Runs the continuations of the future, so nothing of the
    /// caller may be half-changed.
    void finish(Hubbub::Result<Arguments> result) const;
    bool isCanceled() const; ///< nobody wants the answer any more

    std::optional<std::chrono::milliseconds> sentAt; ///< not set while it is buffered
    std::chrono::steady_clock::time_point sentOnClock; ///< the same, finer, for figures

private:
    class Wait;
    std::shared_ptr<Wait> m_wait;
};

/// The answers a socket waits for, by ack id, each with a deadline. Thread: that of its Socket.
class AckRegistry : public QObject
{
    Q_OBJECT
public:
    explicit AckRegistry(quint64 firstId, QObject *parent = nullptr);

    /// Ids count up from the first and are never used twice.
    quint64 nextId() { return m_nextId++; }
    quint64 upcomingId() const { return m_nextId; } ///< the one that nextId() gives next
    void add(quint64 id, const PendingAck &ack, std::chrono::milliseconds timeout);
    void markSent(quint64 id, std::chrono::milliseconds now);
    std::optional<PendingAck> take(quint64 id);
    bool isCanceled(quint64 id) const;
    QList<PendingAck> takeSent(); ///< those on their way, oldest first
    QList<PendingAck> takeAll(); ///< oldest first

Q_SIGNALS:
    void expired(quint64 id); ///< its deadline passed; it is still there to be taken

private:
    struct Entry {
        PendingAck ack;
        qint64 deadline = 0; ///< on the monotonic clock, in ms
    };

    void timerEvent(QTimerEvent *event) override;
    QList<PendingAck> takeIf(bool sentOnly);
    void forget(quint64 id, qint64 deadline);
    void wakeAt(qint64 deadline);
    void expire();

    QHash<quint64, Entry> m_entries;
    std::set<std::pair<qint64, quint64>> m_deadlines;
    QBasicTimer m_timer; ///< for the earliest deadline, or one that was and is answered by now
    qint64 m_wakesAt = 0; ///< while the timer runs
    quint64 m_nextId;
};

} // namespace SocketIo
