// SPDX-License-Identifier: MIT
#include "server-lite/storage/historythread.h"

#include <algorithm>
#include <iterator>

namespace Hubbub
{

void HistoryThread::post(Task task)
{
    const std::scoped_lock lock(m_mutex);
    m_tasks.push_back(std::move(task));
    if (std::exchange(m_isScheduled, true))
        return;
    QMetaObject::invokeMethod(this, &HistoryThread::drain, Qt::QueuedConnection);
}

void HistoryThread::drain()
{
    while (runBatch()) { }
}

bool HistoryThread::runBatch()
{
    std::vector<Task> batch;
    {
        const std::scoped_lock lock(m_mutex);
        const auto count = std::ptrdiff_t(std::min(m_tasks.size(), maxBatch));
        std::move(m_tasks.begin(), m_tasks.begin() + count, std::back_inserter(batch));
        m_tasks.erase(m_tasks.begin(), m_tasks.begin() + count);
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
    std::optional<Error> commitError;
    if (isTogether) {
        if (auto committed = m_database.commit(); !committed)
            commitError = committed.error();
    }
    m_deliver(std::move(completions), std::move(commitError));
    return true;
}

} // namespace Hubbub
