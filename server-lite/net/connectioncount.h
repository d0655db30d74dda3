// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <memory>
#include <utility>

namespace Hubbub
{

/// How many connections are open, over all workers. Thread: any.
using ConnectionCount = std::shared_ptr<std::atomic<int>>;

/// One of those that were counted: counted off when the last of it goes. Thread: that of its connection.
class CountedConnection
{
public:
    CountedConnection() = default;
    explicit CountedConnection(ConnectionCount count)
        : m_count(std::move(count))
    {
    }
    CountedConnection(CountedConnection &&other) noexcept
        : m_count(std::move(other.m_count))
    {
    }
    CountedConnection &operator=(CountedConnection &&) = delete;
    ~CountedConnection()
    {
        if (m_count)
            m_count->fetch_sub(1, std::memory_order_relaxed);
    }

private:
    ConnectionCount m_count;
};

} // namespace Hubbub
