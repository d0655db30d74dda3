// SPDX-License-Identifier: MIT
#include "libclient/client/ackregistry.h"

#include <QtCore/QDeadlineTimer>
#include <QtCore/QPointer>
#include <QtCore/QPromise>
#include <QtCore/QTimerEvent>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace SocketIo
{

namespace
{

qint64 monotonicNow()
{
    return QDeadlineTimer::current(Qt::PreciseTimer).deadline();
}

} // namespace

class PendingAck::Wait
{
public:
    Wait() { m_promise.start(); }
    ~Wait()
    {
        finish(Hubbub::failure(u"disconnected"_s, u"The connection was given up before the answer came."_s));
    }
    Q_DISABLE_COPY_MOVE(Wait)

    QFuture<Hubbub::Result<Arguments>> future() const { return m_promise.future(); }

    bool isCanceled() const { return m_promise.isCanceled(); }

    void finish(Hubbub::Result<Arguments> result)
    {
        if (std::exchange(m_finished, true))
            return;
        m_promise.addResult(std::move(result));
        m_promise.finish();
    }

private:
    QPromise<Hubbub::Result<Arguments>> m_promise;
    bool m_finished = false;
};

PendingAck::PendingAck()
    : m_wait(std::make_shared<Wait>())
{
}

QFuture<Hubbub::Result<Arguments>> PendingAck::future() const
{
    return m_wait->future();
}

void PendingAck::finish(Hubbub::Result<Arguments> result) const
{
    const std::shared_ptr<Wait> wait = m_wait; // a continuation may destroy this copy
    wait->finish(std::move(result));
}

bool PendingAck::isCanceled() const
{
    return m_wait->isCanceled();
}

AckRegistry::AckRegistry(quint64 firstId, QObject *parent)
    : QObject(parent)
    , m_nextId(firstId)
{
}

void AckRegistry::add(quint64 id, const PendingAck &ack, std::chrono::milliseconds timeout)
{
    // A century ahead cannot overflow and is as good as never.
    constexpr qint64 longest = 100LL * 365 * 24 * 3600 * 1000;
    const qint64 deadline = monotonicNow() + std::clamp<qint64>(timeout.count(), 0, longest);
    m_entries.insert(id, {ack, deadline});
    m_deadlines.emplace(deadline, id);
    // Setting a timer costs more than an ack: one that runs is left alone unless it would be late.
    if (!m_timer.isActive() || deadline < m_wakesAt)
        wakeAt(deadline);
}

void AckRegistry::markSent(quint64 id, std::chrono::milliseconds now)
{
    const auto it = m_entries.find(id);
    if (it == m_entries.end())
        return;
    it->ack.sentAt = now;
    it->ack.sentOnClock = std::chrono::steady_clock::now();
}

std::optional<PendingAck> AckRegistry::take(quint64 id)
{
    const auto it = m_entries.constFind(id);
    if (it == m_entries.cend())
        return std::nullopt;
    PendingAck ack = it->ack;
    forget(id, it->deadline);
    return ack;
}

bool AckRegistry::isCanceled(quint64 id) const
{
    const auto it = m_entries.constFind(id);
    return it != m_entries.cend() && it->ack.isCanceled();
}

QList<PendingAck> AckRegistry::takeSent()
{
    return takeIf(true);
}

QList<PendingAck> AckRegistry::takeAll()
{
    return takeIf(false);
}

QList<PendingAck> AckRegistry::takeIf(bool sentOnly)
{
    QList<quint64> ids = m_entries.keys();
    std::sort(ids.begin(), ids.end());
    QList<PendingAck> taken;
    for (const quint64 id : std::as_const(ids)) {
        if (sentOnly && !m_entries.value(id).ack.sentAt)
            continue;
        if (const std::optional<PendingAck> ack = take(id))
            taken.append(*ack);
    }
    return taken;
}

void AckRegistry::forget(quint64 id, qint64 deadline)
{
    m_entries.remove(id);
    m_deadlines.erase({deadline, id});
}

void AckRegistry::wakeAt(qint64 deadline)
{
    m_wakesAt = deadline;
    m_timer.start(int(std::clamp<qint64>(deadline - monotonicNow(), 0, std::numeric_limits<int>::max())),
                  Qt::PreciseTimer, this);
}

void AckRegistry::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != m_timer.timerId())
        return;
    m_timer.stop();
    expire();
}

void AckRegistry::expire()
{
    const qint64 now = monotonicNow();
    QList<quint64> due;
    for (const auto &[deadline, id] : m_deadlines) {
        if (deadline > now)
            break;
        due.append(id);
    }
    const QPointer<AckRegistry> alive(this);
    for (const quint64 id : std::as_const(due)) {
        if (m_entries.contains(id))
            Q_EMIT expired(id);
        if (!alive)
            return;
    }
    if (!m_deadlines.empty())
        wakeAt(m_deadlines.begin()->first);
}

} // namespace SocketIo
