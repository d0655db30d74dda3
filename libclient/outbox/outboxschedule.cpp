// SPDX-License-Identifier: MIT
#include "libclient/outbox/outboxschedule.h"

#include <algorithm>

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
    m_entries.emplace(number, entry);
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
        OutboxEntry &entry = m_entries.at(*number);
        entry.state = OutboxState::Sending;
        ++entry.tries;
        return entry;
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
    OutboxEntry *entry = find(id);
    if (!entry || entry->state == OutboxState::Failed)
        return std::nullopt;
    release(*entry);
    entry->state = OutboxState::Failed;
    entry->error = error;
    return *entry;
}

std::optional<OutboxEntry> OutboxSchedule::pause(const QString &id, const Error &error, Time now)
{
    OutboxEntry *entry = find(id);
    if (!entry || entry->state != OutboxState::Sending)
        return std::nullopt;
    if (entry->tries >= m_maxTries)
        return fail(id, error);
    Queue &queue = m_queues.at(entry->queue);
    queue.sending.reset(); // not release(): the pauses of this queue go on growing
    queue.notBefore = now + queue.backoff.next();
    entry->state = OutboxState::Queued;
    entry->error = error;
    return *entry;
}

std::optional<OutboxEntry> OutboxSchedule::retry(const QString &id)
{
    OutboxEntry *entry = find(id);
    if (!entry || entry->state != OutboxState::Failed)
        return std::nullopt;
    entry->state = OutboxState::Queued;
    entry->tries = 0;
    entry->error = {};
    return *entry;
}

bool OutboxSchedule::remove(const QString &id)
{
    const OutboxEntry *entry = find(id);
    if (!entry)
        return false;
    release(*entry);
    const quint64 number = m_numbers.take(id);
    const auto queue = m_queues.find(entry->queue);
    queue->second.numbers.erase(number);
    if (queue->second.numbers.empty())
        m_queues.erase(queue);
    m_entries.erase(number);
    return true;
}

QList<OutboxEntry> OutboxSchedule::recall()
{
    QList<OutboxEntry> recalled;
    for (auto &[name, queue] : m_queues) {
        if (!queue.sending)
            continue;
        OutboxEntry &entry = m_entries.at(*queue.sending);
        queue.sending.reset();
        entry.state = OutboxState::Queued;
        --entry.tries;
        recalled.append(entry);
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

OutboxEntry *OutboxSchedule::find(const QString &id)
{
    const auto it = m_numbers.constFind(id);
    return it == m_numbers.cend() ? nullptr : &m_entries.at(*it);
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
