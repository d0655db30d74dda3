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
    using Clock = std::chrono::steady_clock;

    Deadline(DeadlineQueue &queue, std::function<void()> action);
    ~Deadline();
    Deadline(const Deadline &) = delete;
    Deadline &operator=(const Deadline &) = delete;

    /// (Re)starts it: due that much from now.
    void start(std::chrono::milliseconds after) { startAt(Clock::now() + after); }
    void startAt(Clock::time_point due);
    void stop();
    bool isActive() const { return m_active; }
    /// When it is due, or was the last time; its action may run later than that.
    Clock::time_point due() const { return m_due; }
    /// Runs the action now if it is due, without waiting for the queue's turn.
    void catchUp();

private:
    friend class DeadlineQueue;
    using Queue = std::multimap<Clock::time_point, Deadline *>;

    DeadlineQueue &m_queue;
    std::function<void()> m_action;
    Queue::iterator m_position;
    Clock::time_point m_due;
    bool m_active = false;
};

} // namespace Hubbub
