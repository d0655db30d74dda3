// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QString>

#include <deque>
#include <unordered_map>
#include <utility>

namespace Hubbub
{

/// A queue in which everybody who waits has a turn: one thing of each in rounds, and each one's things in
/// their order. Thread: one at a time.
template <typename T>
class FairQueue
{
public:
    void push(const QString &owner, T thing)
    {
        auto &waiting = m_waiting[owner];
        if (waiting.empty())
            m_turns.push_back(owner);
        waiting.push_back(std::move(thing));
        ++m_size;
    }

    /// Of whose turn it is. Not while it is empty.
    T pop()
    {
        const QString owner = std::move(m_turns.front());
        m_turns.pop_front();
        const auto found = m_waiting.find(owner);
        T thing = std::move(found->second.front());
        found->second.pop_front();
        if (found->second.empty())
            m_waiting.erase(found);
        else
            m_turns.push_back(owner);
        --m_size;
        return thing;
    }

    bool empty() const { return m_size == 0; }
    std::size_t size() const { return m_size; }

private:
    std::unordered_map<QString, std::deque<T>> m_waiting; ///< never an empty one
    std::deque<QString> m_turns; ///< each of m_waiting once
    std::size_t m_size = 0;
};

} // namespace Hubbub
