// SPDX-License-Identifier: MIT
#include "libclient/outbox/outboxschedule.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Hubbub
{

OutboxSchedule::OutboxSchedule(int maxTries, SocketIo::Backoff::Options pause)
    : m_maxTries(maxTries)
    , m_pause(pause)
{
}

void OutboxSchedule::add(const OutboxEntry &entry)
{
    const quint64 number = m_nextNumber++;
    const Entries::iterator at = m_entries.emplace(number, entry).first;
    setState(at, entry.state);
    m_numbers.insert(entry.id, number);
    const auto [it, isNew] = m_queues.try_emplace(entry.queue, Queue{{}, {}, {}, SocketIo::Backoff(m_pause)});
    it->second.numbers.insert(number);
}

std::optional<quint64> OutboxSchedule::waitingIn(const Queue &queue) const
{
    if (queue.sending)
        return std::nullopt;
    const auto it = std::find_if(queue.numbers.begin(), queue.numbers.end(), [this](quint64 number) {
        return m_entries.at(number).state == OutboxState::Queued;
    });
    return it == queue.numbers.end() ? std::nullopt : std::optional(*it);
}

std::optional<OutboxEntry> OutboxSchedule::startNext(Time now)
{
    for (auto &[name, queue] : m_queues) {
        if (queue.notBefore && *queue.notBefore > now)
            continue;
        const std::optional<quint64> number = waitingIn(queue);
        if (!number)
            continue;
        queue.notBefore.reset();
        queue.sending = number;
        const Entries::iterator at = m_entries.find(*number);
        setState(at, OutboxState::Sending);
        ++at->second.tries;
        return at->second;
    }
    return std::nullopt;
}

std::optional<OutboxSchedule::Time> OutboxSchedule::nextDue() const
{
    std::optional<Time> due;
    for (const auto &[name, queue] : m_queues) {
        if (queue.notBefore && waitingIn(queue) && (!due || *queue.notBefore < *due))
            due = queue.notBefore;
    }
    return due;
}

std::optional<OutboxEntry> OutboxSchedule::fail(const QString &id, const Error &error)
{
    const Entries::iterator at = find(id);
    if (at == m_entries.end() || at->second.state == OutboxState::Failed)
        return std::nullopt;
    release(at->second);
    setState(at, OutboxState::Failed);
    at->second.error = error;
    return at->second;
}

std::optional<OutboxEntry> OutboxSchedule::pause(const QString &id, const Error &error, Time now)
{
    const Entries::iterator at = find(id);
    if (at == m_entries.end() || at->second.state != OutboxState::Sending)
        return std::nullopt;
    if (at->second.tries >= m_maxTries)
        return fail(id, error);
    Queue &queue = m_queues.at(at->second.queue);
    queue.sending.reset(); // not release(): the pauses of this queue go on growing
    queue.notBefore = now + queue.backoff.next();
    setState(at, OutboxState::Queued);
    at->second.error = error;
    return at->second;
}

std::optional<OutboxEntry> OutboxSchedule::retry(const QString &id)
{
    const Entries::iterator at = find(id);
    if (at == m_entries.end() || at->second.state != OutboxState::Failed)
        return std::nullopt;
    at->second.expiresAt = {};
    at->second.tries = 0;
    at->second.error = {};
    setState(at, OutboxState::Queued);
    return at->second;
}

bool OutboxSchedule::isSending(const QString &id) const
{
    const auto number = m_numbers.constFind(id);
    return number != m_numbers.constEnd() && m_entries.at(*number).state == OutboxState::Sending;
}

bool OutboxSchedule::remove(const QString &id)
{
    const Entries::iterator at = find(id);
    if (at == m_entries.end())
        return false;
    release(at->second);
    setState(at, OutboxState::Failed); // waits no more
    m_numbers.remove(id);
    const auto queue = m_queues.find(at->second.queue);
    queue->second.numbers.erase(at->first);
    if (queue->second.numbers.empty())
        m_queues.erase(queue);
    m_entries.erase(at);
    return true;
}

QList<OutboxEntry> OutboxSchedule::expire(const QDateTime &now)
{
    QList<OutboxEntry> expired;
    while (!m_expiries.empty() && m_expiries.begin()->first <= now.toMSecsSinceEpoch()) {
        const Entries::iterator at = m_entries.find(m_expiries.begin()->second);
        setState(at, OutboxState::Failed);
        at->second.error = {u"expired"_s, u"This could not be delivered in time, so it was not sent."_s,
                            u"kept until %1"_s.arg(at->second.expiresAt.toString(Qt::ISODateWithMs))};
        expired.append(at->second);
    }
    return expired;
}

std::optional<QDateTime> OutboxSchedule::nextExpiry() const
{
    if (m_expiries.empty())
        return std::nullopt;
    return QDateTime::fromMSecsSinceEpoch(m_expiries.begin()->first, Qt::UTC);
}

QList<OutboxEntry> OutboxSchedule::recall()
{
    QList<OutboxEntry> recalled;
    for (auto &[name, queue] : m_queues) {
        if (!queue.sending)
            continue;
        const Entries::iterator at = m_entries.find(*queue.sending);
        queue.sending.reset();
        setState(at, OutboxState::Queued);
        --at->second.tries;
        recalled.append(at->second);
    }
    return recalled;
}

void OutboxSchedule::startAfresh()
{
    for (auto &[number, entry] : m_entries) {
        if (entry.state == OutboxState::Queued)
            entry.tries = 0;
    }
    for (auto &[name, queue] : m_queues) {
        queue.notBefore.reset();
        queue.backoff.reset();
    }
}

QList<OutboxEntry> OutboxSchedule::entries() const
{
    QList<OutboxEntry> all;
    all.reserve(count());
    for (const auto &[number, entry] : m_entries)
        all.append(entry);
    return all;
}

OutboxSchedule::Entries::iterator OutboxSchedule::find(const QString &id)
{
    const auto it = m_numbers.constFind(id);
    return it == m_numbers.cend() ? m_entries.end() : m_entries.find(*it);
}

/// Keeps m_expiries in step.
void OutboxSchedule::setState(Entries::iterator at, OutboxState state)
{
    at->second.state = state;
    if (!at->second.expiresAt.isValid())
        return;
    const std::pair expiry(at->second.expiresAt.toMSecsSinceEpoch(), at->first);
    if (state == OutboxState::Queued)
        m_expiries.insert(expiry);
    else
        m_expiries.erase(expiry);
}

/// The queue may go on: its entry got an answer, or is gone.
void OutboxSchedule::release(const OutboxEntry &entry)
{
    Queue &queue = m_queues.at(entry.queue);
    if (entry.state != OutboxState::Sending)
        return;
    queue.sending.reset();
    queue.notBefore.reset();
    queue.backoff.reset();
}

} // namespace Hubbub
