// SPDX-License-Identifier: MIT
#include "server-lite/net/dispatchertimers.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QTimerEvent>

#include <algorithm>
#include <limits>
#include <vector>

namespace Hubbub
{

namespace
{
int milliseconds(std::chrono::steady_clock::duration wait)
{
    const auto rounded = std::chrono::ceil<std::chrono::milliseconds>(wait);
    return int(std::clamp<qint64>(rounded.count(), 0, std::numeric_limits<int>::max()));
}
} // namespace

void DispatcherTimers::add(int timerId, qint64 interval, Qt::TimerType type, QObject *object)
{
    Timer timer;
    timer.id = timerId;
    timer.interval = std::chrono::milliseconds(interval);
    timer.type = type;
    timer.object = object;
    timer.due = Clock::now() + timer.interval;
    m_order.emplace(timer.due, timerId);
    m_timers.insert(timerId, timer);
}

bool DispatcherTimers::remove(int timerId)
{
    const auto found = m_timers.constFind(timerId);
    if (found == m_timers.constEnd())
        return false;
    m_order.erase({found->due, timerId});
    m_timers.erase(found);
    return true;
}

bool DispatcherTimers::removeAll(const QObject *object)
{
    bool any = false;
    const auto timers = of(object);
    for (const TimerInfo &timer : timers)
        any |= remove(timer.timerId);
    return any;
}

QList<DispatcherTimers::TimerInfo> DispatcherTimers::of(const QObject *object) const
{
    QList<TimerInfo> found;
    for (const Timer &timer : m_timers) {
        if (timer.object == object)
            found.emplaceBack(timer.id, int(timer.interval.count()), timer.type);
    }
    return found;
}

int DispatcherTimers::remainingTime(int timerId) const
{
    const auto found = m_timers.constFind(timerId);
    return found == m_timers.constEnd() ? -1 : milliseconds(found->due - Clock::now());
}

std::optional<int> DispatcherTimers::timeToNext() const
{
    for (const auto &[due, id] : m_order) {
        if (!m_timers.constFind(id)->running)
            return milliseconds(due - Clock::now());
    }
    return std::nullopt;
}

int DispatcherTimers::fire()
{
    if (m_order.empty())
        return 0;
    const auto now = Clock::now();
    std::vector<int> due;
    for (const auto &[time, id] : m_order) {
        if (time > now)
            break;
        due.push_back(id);
    }
    int fired = 0;
    for (const int id : due) {
        auto timer = m_timers.find(id);
        if (timer == m_timers.end() || timer->running || timer->due > now)
            continue;
        m_order.erase({timer->due, id});
        // Late by more than a period, a timer skips what it missed.
        timer->due = std::max(timer->due + timer->interval, now);
        m_order.emplace(timer->due, id);
        timer->running = true;
        QTimerEvent event(id);
        QCoreApplication::sendEvent(timer->object, &event);
        ++fired;
        timer = m_timers.find(id);
        if (timer != m_timers.end())
            timer->running = false;
    }
    return fired;
}

} // namespace Hubbub
