// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/storage/fairqueue.h"
#include "server-lite/storage/historydatabase.h"

#include <condition_variable>
#include <functional>
#include <future>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace Hubbub
{

/// Does the history's waiting for the disk. What is posted while one batch is being written becomes the next
/// batch: one transaction, one fsync, one wake-up back. In a batch writes go before reads, and of each kind
/// everybody has a turn. Reads go on only when the answers of those before have been taken, so answers that
/// nobody has looked at yet do not pile up. What goes to and fro is guarded by a std::mutex, which the thread
/// sanitizer sees. Thread: the one that made it; what `deliver` is, is called on the history's own.
class HistoryThread
{
public:
    /// To be run on the store's thread. Gets the error of the commit if there was one: nothing was written
    /// then.
    using Completion = std::function<void(const Error *commitError)>;
    using Task = std::function<Completion(HistoryDatabase &)>;
    using Completions = std::vector<Completion>;
    /// Whoever gets the completions runs them all, in order.
    using Deliver = std::function<void(Completions, std::optional<Error>)>;

    explicit HistoryThread(Deliver deliver);
    /// Does all that was posted, whether answers are taken or not, and closes the database on its thread.
    ~HistoryThread();
    Q_DISABLE_COPY_MOVE(HistoryThread)

    /// What the opening said, and a notice for the operator if there is one.
    struct Opened {
        Result<void> result;
        QString notice;
    };
    /// Waits for the disk. To be called once.
    Opened open(const QString &folder);

    /// Each asker's tasks in a lane keep their order. A write behind a read of the same asker goes with the
    /// reads.
    enum class Lane : quint8 { Writes, Reads };
    void post(Lane lane, const QString &asker, Task task);

private:
    static constexpr std::size_t maxWrites = 512; ///< of a batch: an answer waits for no longer than that
    static constexpr std::size_t maxReads = 32; ///< of a batch: a write waits for no more than these
    struct Batch {
        std::vector<Task> tasks;
        bool hasReads = false;
    };

    void run();
    bool isDue() const;
    Batch nextBatch();
    void work(HistoryDatabase &database, Batch batch);
    void readsTaken();

    Deliver m_deliver;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    FairQueue<Task> m_writes; ///< guarded by m_mutex, as all below
    FairQueue<Task> m_reads;
    std::optional<std::packaged_task<Opened(HistoryDatabase &)>> m_opening;
    bool m_areReadsOut = false; ///< reads were done whose answers are not taken yet
    bool m_isLast = false; ///< nobody takes answers any more
    std::thread m_thread; // the last: it uses all of the above
};

} // namespace Hubbub
