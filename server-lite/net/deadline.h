// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <functional>
#include <map>

namespace Hubbub
{

class DeadlineQueue;

/// One wait of a session or a connection, kept in its worker's queue instead of in a QTimer of its own. Fires
/// once per start; stops when destroyed. Its action may start or stop it, and destroy whatever it likes,
/// itself included. Thread: its queue's.
class Deadline
{
public:
    Deadline(DeadlineQueue &queue, std::function<void()> action);
    ~Deadline();
    Deadline(const Deadline &) = delete;
    Deadline &operator=(const Deadline &) = delete;

    /// (Re)starts it: due that much from now.
    void start(std::chrono::milliseconds after);
    void stop();
    bool isActive() const { return m_active; }

private:
    friend class DeadlineQueue;
    using Clock = std::chrono::steady_clock;
    using Queue = std::multimap<Clock::time_point, Deadline *>;

    DeadlineQueue &m_queue;
    std::function<void()> m_action;
    Queue::iterator m_position;
    bool m_active = false;
};

} // namespace Hubbub
