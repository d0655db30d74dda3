// SPDX-License-Identifier: MIT
#include "server-lite/storage/historythread.h"

#include <utility>

namespace Hubbub
{

HistoryThread::HistoryThread(Deliver deliver)
    : m_deliver(std::move(deliver))
    , m_thread([this] { run(); })
{
}

HistoryThread::~HistoryThread()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_isLast = true;
    }
    m_changed.notify_one();
    m_thread.join();
}

HistoryThread::Opened HistoryThread::open(const QString &folder)
{
    std::packaged_task<Opened(HistoryDatabase &)> opening([folder](HistoryDatabase &database) {
        auto result = database.open(folder);
        return Opened{std::move(result), database.notice()};
    });
    auto opened = opening.get_future();
    {
        const std::scoped_lock lock(m_mutex);
        m_opening = std::move(opening);
    }
    m_changed.notify_one();
    return opened.get();
}

void HistoryThread::post(Lane lane, const QString &asker, Task task)
{
    {
        const std::scoped_lock lock(m_mutex);
        (lane == Lane::Writes ? m_writes : m_reads).push(asker, std::move(task));
    }
    m_changed.notify_one();
}

/// Runs on the store's thread, behind the last answer of its batch.
void HistoryThread::readsTaken()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_areReadsOut = false;
    }
    m_changed.notify_one();
}

bool HistoryThread::isDue() const
{
    return m_opening || !m_writes.empty() || (!m_reads.empty() && (!m_areReadsOut || m_isLast));
}

void HistoryThread::run()
{
    HistoryDatabase database; // made and closed here: its connection belongs to this thread
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_changed.wait(lock, [this] { return isDue() || m_isLast; });
        if (!isDue())
            return;
        if (auto opening = std::exchange(m_opening, std::nullopt)) {
            lock.unlock();
            (*opening)(database);
        } else {
            auto batch = nextBatch();
            lock.unlock();
            work(database, std::move(batch));
        }
        lock.lock();
    }
}

HistoryThread::Batch HistoryThread::nextBatch()
{
    Batch batch;
    while (!m_writes.empty() && batch.tasks.size() < maxWrites)
        batch.tasks.push_back(m_writes.pop());
    const auto writes = batch.tasks.size();
    while (!m_reads.empty() && batch.tasks.size() < writes + maxReads && (!m_areReadsOut || m_isLast))
        batch.tasks.push_back(m_reads.pop());
    batch.hasReads = batch.tasks.size() > writes;
    m_areReadsOut |= batch.hasReads;
    return batch;
}

void HistoryThread::work(HistoryDatabase &database, Batch batch)
{
    // If no transaction can begin, every task finds out for itself, and answers with its own error.
    const bool isTogether = database.begin().has_value();
    Completions completions;
    completions.reserve(batch.tasks.size());
    for (auto &task : batch.tasks)
        completions.push_back(task(database));
    if (batch.hasReads)
        completions.push_back([this](const Error *) { readsTaken(); });
    std::optional<Error> commitError;
    if (isTogether) {
        if (auto committed = database.commit(); !committed)
            commitError = committed.error();
    }
    m_deliver(std::move(completions), std::move(commitError));
}

} // namespace Hubbub
