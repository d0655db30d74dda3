// SPDX-License-Identifier: MIT
#include "server-lite/storage/historythread.h"

#include <utility>

namespace Hubbub
{

void HistoryThread::post(Lane lane, const QString &asker, Task task)
{
    const std::scoped_lock lock(m_mutex);
    (lane == Lane::Writes ? m_writes : m_reads).push(asker, std::move(task));
    schedule();
}

/// Runs on the store's thread, behind the last answer of its batch.
void HistoryThread::readsTaken()
{
    const std::scoped_lock lock(m_mutex);
    m_areReadsOut = false;
    if (!m_reads.empty())
        schedule();
}

void HistoryThread::schedule()
{
    if (!std::exchange(m_isScheduled, true))
        QMetaObject::invokeMethod(this, &HistoryThread::run, Qt::QueuedConnection);
}

void HistoryThread::drain()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_isLast = true;
    }
    run();
}

void HistoryThread::run()
{
    while (runBatch()) { }
}

bool HistoryThread::runBatch()
{
    std::vector<Task> batch;
    bool hasReads = false;
    {
        const std::scoped_lock lock(m_mutex);
        while (!m_writes.empty() && batch.size() < maxWrites)
            batch.push_back(m_writes.pop());
        const auto writes = batch.size();
        while (!m_reads.empty() && batch.size() < writes + maxReads && (!m_areReadsOut || m_isLast))
            batch.push_back(m_reads.pop());
        hasReads = batch.size() > writes;
        m_areReadsOut |= hasReads;
        if (batch.empty()) {
            m_isScheduled = false;
            return false;
        }
    }
    // If no transaction can begin, every task finds out for itself, and answers with its own error.
    const bool isTogether = m_database.begin().has_value();
    Completions completions;
    completions.reserve(batch.size());
    for (auto &task : batch)
        completions.push_back(task(m_database));
    if (hasReads)
        completions.push_back([this](const Error *) { readsTaken(); });
    std::optional<Error> commitError;
    if (isTogether) {
        if (auto committed = m_database.commit(); !committed)
            commitError = committed.error();
    }
    m_deliver(std::move(completions), std::move(commitError));
    return true;
}

} // namespace Hubbub
