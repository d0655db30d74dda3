// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/storage/historydatabase.h"

#include <QtCore/QObject>

#include <functional>
#include <mutex>
#include <vector>

namespace Hubbub
{

/// Does the history's waiting for the disk. What is posted while one batch is being written becomes the next
/// batch: one transaction, one fsync, one wake-up back. Thread: lives on the history's own; post() may be
/// called from any. Batches finish with batchDone().
class HistoryThread : public QObject
{
    Q_OBJECT
public:
    /// To be run on the store's thread. Gets the error of the commit if there was one: nothing was written
    /// then.
    using Completion = std::function<void(const Error *commitError)>;
    using Task = std::function<Completion(HistoryDatabase &)>;
    using Completions = std::vector<Completion>;
    using Deliver = std::function<void(Completions, std::optional<Error>)>;

    explicit HistoryThread(Deliver deliver)
        : m_deliver(std::move(deliver))
    {
    }

    Result<void> open(const QString &folder) { return m_database.open(folder); }
    QString notice() const { return m_database.notice(); }

    void post(Task task);
    /// Runs all that was posted.
    void drain();

private:
    static constexpr std::size_t maxBatch = 512; ///< so that an answer never waits for a very long queue
    bool runBatch();

    HistoryDatabase m_database;
    Deliver m_deliver;
    std::mutex m_mutex;
    std::vector<Task> m_tasks; ///< guarded by m_mutex
    bool m_isScheduled = false; ///< guarded by m_mutex
};

} // namespace Hubbub
