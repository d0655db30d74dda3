// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/net/dispatchertimers.h"

#include <atomic>
#include <memory>
#include <vector>

struct epoll_event;

namespace Hubbub
{

/// Hears what epoll said of a descriptor, without a QSocketNotifier between. Thread: the dispatcher's.
class EpollWatcher
{
public:
    /// May watch, change and stop watching whatever it likes, itself included.
    virtual void descriptorReady(quint32 events) = 0;

protected:
    ~EpollWatcher() = default;
};

/// An event loop over epoll for I/O workers: the cost of a turn follows the sockets that are ready, not all
/// there are, where Qt's own asks about every one of them. Made by Qt's public interface. All timers are
/// precise, whatever type they ask for. Give it to QThread::setEventDispatcher() before the thread starts.
/// Linux only. Thread: the thread it serves; wakeUp() and interrupt() from any.
class EpollDispatcher : public QAbstractEventDispatcher
{
    Q_OBJECT
public:
    explicit EpollDispatcher(QObject *parent = nullptr);
    ~EpollDispatcher() override;

    bool processEvents(QEventLoop::ProcessEventsFlags flags) override;

    void registerSocketNotifier(QSocketNotifier *notifier) override;
    void unregisterSocketNotifier(QSocketNotifier *notifier) override;

    /// Tells `watcher` of these events (EPOLLIN ...), level-triggered, and of errors and hang-ups; again with
    /// other events to change them, 0 to rest. A descriptor has either a watcher or notifiers.
    void watch(int descriptor, EpollWatcher *watcher, quint32 events);
    /// Whoever closes the descriptor next may say so: the kernel then forgets it by itself.
    enum class Unwatch : quint8 { Open, ClosedNext };
    /// To be called before the descriptor is closed.
    void unwatch(int descriptor, Unwatch then = Unwatch::Open);

    void registerTimer(int timerId, qint64 interval, Qt::TimerType timerType, QObject *object) override
    {
        m_timers.add(timerId, interval, timerType, object);
    }
    bool unregisterTimer(int timerId) override { return m_timers.remove(timerId); }
    bool unregisterTimers(QObject *object) override { return m_timers.removeAll(object); }
    QList<TimerInfo> registeredTimers(QObject *object) const override { return m_timers.of(object); }
    int remainingTime(int timerId) override { return m_timers.remainingTime(timerId); }

    void wakeUp() override;
    void interrupt() override;

private:
    struct Watch {
        QSocketNotifier *notifiers[3] = {}; ///< by QSocketNotifier::Type
        EpollWatcher *watcher = nullptr;
        quint32 watcherEvents = 0;
        quint32 generation = 0; ///< tells the watches of one recycled descriptor number apart
        quint32 installed = 0; ///< what the kernel was told
        bool changed = false;
        quint32 wanted() const;
    };
    Watch &watchOf(int descriptor);
    void applyChanges();
    void install(int descriptor, Watch &watch);
    void remove(int descriptor, Watch &watch, Unwatch then = Unwatch::Open);
    int waitTime(QEventLoop::ProcessEventsFlags flags) const;
    int deliver(const epoll_event &event);
    void takeWakeUps();

    int m_epoll = -1;
    int m_wakeUp = -1;
    std::vector<std::unique_ptr<Watch>> m_watches; ///< by descriptor
    std::vector<int> m_changes;
    DispatcherTimers m_timers;
    std::atomic<bool> m_awake = false;
    std::atomic<bool> m_interrupted = false;
};

} // namespace Hubbub
