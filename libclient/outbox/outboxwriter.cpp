// SPDX-License-Identifier: MIT
#include "libclient/outbox/outboxwriter.h"

#include <future>
#include <utility>

namespace Hubbub
{

OutboxWriter::OutboxWriter(QString file, std::function<void()> written)
    : m_file(std::move(file))
    , m_written(std::move(written))
    , m_thread([this] { run(); })
{
}

OutboxWriter::~OutboxWriter()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_isEnding = true;
    }
    m_changed.notify_one();
    m_thread.join();
}

void OutboxWriter::post(Task task)
{
    {
        const std::scoped_lock lock(m_mutex);
        m_tasks.push_back(std::move(task));
    }
    m_changed.notify_one();
}

void OutboxWriter::run()
{
    std::optional<OutboxStore> store; // made and closed here: its connection belongs to this thread
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_changed.wait(lock, [this] { return !m_tasks.empty() || m_isEnding; });
        if (m_tasks.empty())
            return;
        {
            const auto task = std::move(m_tasks.front());
            m_tasks.pop_front();
            lock.unlock();
            task(store);
        }
        lock.lock();
    }
}

Result<OutboxStore::Opened> OutboxWriter::open()
{
    std::promise<Result<OutboxStore::Opened>> promise;
    auto opened = promise.get_future();
    post([this, &promise](std::optional<OutboxStore> &store) {
        store.emplace(m_file);
        promise.set_value(store->open());
    });
    return opened.get();
}

void OutboxWriter::write(const QList<OutboxChange> &changes)
{
    post([this, changes](std::optional<OutboxStore> &store) {
        auto result = store->apply(changes);
        {
            const std::scoped_lock lock(m_mutex);
            m_result = std::move(result);
        }
        m_written();
    });
}

Result<void> OutboxWriter::result() const
{
    const std::scoped_lock lock(m_mutex);
    return m_result;
}

Result<void> OutboxWriter::finish(const QList<OutboxChange> &changes)
{
    std::promise<Result<void>> promise;
    auto finished = promise.get_future();
    post([&changes, &promise](std::optional<OutboxStore> &store) {
        promise.set_value(store->apply(changes));
    });
    return finished.get();
}

} // namespace Hubbub
