// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QAbstractEventDispatcher>
#include <QtCore/QHash>

#include <chrono>
#include <optional>
#include <set>

namespace Hubbub
{

/// The timers of an event dispatcher, in the order they are due; all precise, whatever type they ask for.
/// Thread: the dispatcher's.
class DispatcherTimers
{
public:
    using TimerInfo = QAbstractEventDispatcher::TimerInfo;

    void add(int timerId, qint64 interval, Qt::TimerType type, QObject *object);
    bool remove(int timerId);
    bool removeAll(const QObject *object);
    QList<TimerInfo> of(const QObject *object) const;
    int remainingTime(int timerId) const; ///< ms, -1 for an unknown one

    /// Until one is due that is not being handled already, in ms; nothing if there is none.
    std::optional<int> timeToNext() const;
    /// Tells the objects of those that are due; how many that were.
    int fire();

private:
    using Clock = std::chrono::steady_clock;

    struct Timer {
        int id = 0;
        std::chrono::milliseconds interval{};
        Qt::TimerType type = Qt::PreciseTimer;
        QObject *object = nullptr;
        Clock::time_point due;
        bool running = false; ///< its object is handling it; not again from a nested loop
    };

    QHash<int, Timer> m_timers;
    std::set<std::pair<Clock::time_point, int>> m_order;
};

} // namespace Hubbub
