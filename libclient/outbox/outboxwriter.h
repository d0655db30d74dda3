// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/outbox/outboxstore.h"

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

namespace Hubbub
{

/// Does the outbox's waiting for the disk. What goes to and fro is guarded by a std::mutex, which the thread
/// sanitizer sees. Thread: the one that made it; `written` is called on the writer's own.
class OutboxWriter
{
public:
    OutboxWriter(QString file, std::function<void()> written);
    /// Does all that was asked for, and closes the file.
    ~OutboxWriter();
    Q_DISABLE_COPY_MOVE(OutboxWriter)

    /// Waits for the disk; may be tried again. Errors: those of OutboxStore::open().
    Result<OutboxStore::Opened> open();
    /// Calls `written` when it is on disk or has failed; until then, nothing else may be written.
    void write(const QList<OutboxChange> &changes);
    /// How the last write ended. Errors: those of OutboxStore::apply().
    Result<void> result() const;
    /// Writes the last changes, behind all others, and waits for the disk. Errors: as result().
    Result<void> finish(const QList<OutboxChange> &changes);

private:
    /// The file is open from its opening until the writer ends.
    using Task = std::function<void(std::optional<OutboxStore> &)>;
    void post(Task task);
    void run();

    const QString m_file;
    const std::function<void()> m_written;
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<Task> m_tasks; ///< guarded by m_mutex, as all below
    Result<void> m_result;
    bool m_isEnding = false;
    std::thread m_thread; // the last: it uses all of the above
};

} // namespace Hubbub
