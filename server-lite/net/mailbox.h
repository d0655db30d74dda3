// SPDX-License-Identifier: MIT
#pragma once

#include <iterator>
#include <mutex>
#include <utility>
#include <vector>

namespace Hubbub
{

/// Carries batches of values from any thread to one. The caller that finds it empty has to wake the reader
/// up, so that a batch costs one wake-up. Order is kept for each sender. Thread: any.
template <typename T>
class Mailbox
{
public:
    /// True when the reader has to be woken up.
    [[nodiscard]] bool post(T &&value)
    {
        const std::lock_guard lock(m_mutex);
        m_values.push_back(std::move(value));
        return m_values.size() == 1;
    }

    /// Empties `batch` into the box. True when the reader has to be woken up.
    [[nodiscard]] bool post(std::vector<T> &batch)
    {
        if (batch.empty())
            return false;
        const std::lock_guard lock(m_mutex);
        const bool wasEmpty = m_values.empty();
        if (wasEmpty)
            m_values.swap(batch);
        else
            m_values.insert(m_values.end(), std::make_move_iterator(batch.begin()),
                            std::make_move_iterator(batch.end()));
        batch.clear();
        return wasEmpty;
    }

    std::vector<T> take()
    {
        const std::lock_guard lock(m_mutex);
        return std::exchange(m_values, {});
    }

private:
    std::mutex m_mutex; // not QMutex: the thread sanitizer does not see into Qt
    std::vector<T> m_values;
};

} // namespace Hubbub
