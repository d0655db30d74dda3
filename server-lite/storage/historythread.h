// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/storage/fairqueue.h"
#include "server-lite/storage/historydatabase.h"

#include <QtCore/QObject>

#include <functional>
#include <mutex>
#include <vector>

namespace Hubbub
{

/// Does the history's waiting for the disk. What is posted while one batch is being written becomes the next
/// batch: one transaction, one fsync, one wake-up back. In a batch writes go before reads, and of each kind
/// everybody has a turn. Reads go on only when the answers of those before have been taken, so answers that
/// nobody has looked at yet do not pile up. Thread: lives on the history's own; post() may be called from
/// any.
class HistoryThread : public QObject
{
    Q_OBJECT
public:
    /// To be run on the store's thread. Gets the error of the commit if there was one: nothing was written
    /// then.
    using Completion = std::function<void(const Error *commitError)>;
    using Task = std::function<Completion(HistoryDatabase &)>;
    using Completions = std::vector<Completion>;
    /// Whoever gets the completions runs them all, in order.
    using Deliver = std::function<void(Completions, std::optional<Error>)>;

    explicit HistoryThread(Deliver deliver)
        : m_deliver(std::move(deliver))
    {
    }

    Result<void> open(const QString &folder) { return m_database.open(folder); }
    QString notice() const { return m_database.notice(); }

    /// Each asker's tasks in a lane keep their order. A write behind a read of the same asker goes with the
    /// reads.
    enum class Lane : quint8 { Writes, Reads };
    void post(Lane lane, const QString &asker, Task task);
    /// Runs all that was posted, whether answers are taken or not.
    void drain();

private:
    static constexpr std::size_t maxWrites = 512; ///< of a batch: an answer waits for no longer than that
    static constexpr std::size_t maxReads = 32; ///< of a batch: a write waits for no more than these
    void schedule();
    void readsTaken();
    void run();
    bool runBatch();

    HistoryDatabase m_database;
    Deliver m_deliver;
    std::mutex m_mutex;
    FairQueue<Task> m_writes; ///< guarded by m_mutex, as all below
    FairQueue<Task> m_reads;
    bool m_areReadsOut = false; ///< reads were done whose answers are not taken yet
    bool m_isScheduled = false;
    bool m_isLast = false; ///< nobody takes answers any more
};

} // namespace Hubbub
