// SPDX-License-Identifier: MIT
#include "server-lite/net/deadlinequeue.h"

#include <QtCore/QTimerEvent>

namespace Hubbub
{

Deadline::Deadline(DeadlineQueue &queue, std::function<void()> action)
    : m_queue(queue)
    , m_action(std::move(action))
{
}

Deadline::~Deadline()
{
    stop();
}

void Deadline::startAt(Clock::time_point due)
{
    stop();
    m_due = due;
    m_position = m_queue.m_queue.emplace(due, this);
    m_active = true;
    m_queue.arm();
}

void Deadline::stop()
{
    if (!m_active)
        return;
    m_queue.m_queue.erase(m_position);
    m_active = false;
}

void Deadline::catchUp()
{
    if (!m_active || m_due > Clock::now())
        return;
    stop();
    const auto action = m_action;
    action();
}

DeadlineQueue::DeadlineQueue(QObject *parent)
    : QObject(parent)
{
}

/// The timer is only ever brought forward; when it fires with nothing due it is set again for what is next.
void DeadlineQueue::arm()
{
    if (m_queue.empty() || m_queue.begin()->first >= m_armedFor)
        return;
    m_armedFor = m_queue.begin()->first;
    const auto wait = std::chrono::ceil<std::chrono::milliseconds>(m_armedFor - Deadline::Clock::now());
    m_timer.start(int(std::max<qint64>(0, wait.count())), Qt::PreciseTimer, this);
}

void DeadlineQueue::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != m_timer.timerId())
        return;
    m_timer.stop();
    const auto now = Deadline::Clock::now();
    // Started anew by an action, a deadline is due later than `now`, or on the next turn: this loop ends.
    m_armedFor = Deadline::Clock::time_point::min();
    while (!m_queue.empty() && m_queue.begin()->first <= now) {
        Deadline *due = m_queue.begin()->second;
        due->stop();
        const auto action = due->m_action;
        action();
    }
    m_armedFor = Deadline::Clock::time_point::max();
    arm();
}

} // namespace Hubbub
