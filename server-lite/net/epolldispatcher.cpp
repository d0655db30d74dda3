// SPDX-License-Identifier: MIT
#include "server-lite/net/epolldispatcher.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QSocketNotifier>

#include <array>
#include <cerrno>
#include <cstring>
#include <limits>

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace Hubbub
{

namespace
{
constexpr int eventsPerTurn = 512;
constexpr quint64 wakeUpTag = std::numeric_limits<quint64>::max();
constexpr quint32 kernelMask[3] = {EPOLLIN | EPOLLRDHUP, EPOLLOUT, EPOLLPRI};
// A hang-up or an error is told to whoever listens, as poll() based dispatchers do.
constexpr quint32 deliveredFor[3] = {EPOLLIN | EPOLLRDHUP | EPOLLHUP | EPOLLERR,
                                     EPOLLOUT | EPOLLHUP | EPOLLERR, EPOLLPRI | EPOLLHUP | EPOLLERR};
} // namespace

quint32 EpollDispatcher::Watch::wanted() const
{
    quint32 mask = watcherEvents;
    for (int type = 0; type < 3; ++type)
        mask |= notifiers[type] ? kernelMask[type] : 0;
    return mask;
}

EpollDispatcher::EpollDispatcher(QObject *parent)
    : QAbstractEventDispatcher(parent)
    , m_epoll(epoll_create1(EPOLL_CLOEXEC))
    , m_wakeUp(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC))
{
    if (m_epoll < 0 || m_wakeUp < 0)
        qFatal("EpollDispatcher: no descriptors left: %s", std::strerror(errno));
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.u64 = wakeUpTag;
    epoll_ctl(m_epoll, EPOLL_CTL_ADD, m_wakeUp, &event);
}

EpollDispatcher::~EpollDispatcher()
{
    takeWakeUps();
    ::close(m_wakeUp);
    ::close(m_epoll);
}

bool EpollDispatcher::processEvents(QEventLoop::ProcessEventsFlags flags)
{
    m_interrupted.store(false, std::memory_order_relaxed);
    Q_EMIT awake();
    QCoreApplication::sendPostedEvents();
    if (m_interrupted.load(std::memory_order_acquire))
        return false;

    const bool mayBlock = flags.testFlag(QEventLoop::WaitForMoreEvents);
    if (mayBlock)
        Q_EMIT aboutToBlock();
    applyChanges();
    std::array<epoll_event, eventsPerTurn> events;
    // A wake-up or an interrupt of the meantime has made the event descriptor readable: this does not sleep
    // over it.
    const int ready = epoll_wait(m_epoll, events.data(), eventsPerTurn, waitTime(flags));
    if (mayBlock)
        Q_EMIT awake();
    if (ready < 0 && errno != EINTR)
        qWarning("EpollDispatcher: epoll_wait: %s", std::strerror(errno));

    int delivered = 0;
    for (int i = 0; i < ready; ++i) {
        if (events[size_t(i)].data.u64 == wakeUpTag) {
            takeWakeUps();
            ++delivered;
        } else if (!flags.testFlag(QEventLoop::ExcludeSocketNotifiers)) {
            delivered += deliver(events[size_t(i)]);
        }
    }
    if (!flags.testFlag(QEventLoop::X11ExcludeTimers))
        delivered += m_timers.fire();
    return delivered > 0;
}

int EpollDispatcher::waitTime(QEventLoop::ProcessEventsFlags flags) const
{
    if (!flags.testFlag(QEventLoop::WaitForMoreEvents))
        return 0;
    return m_timers.timeToNext().value_or(-1);
}

EpollDispatcher::Watch &EpollDispatcher::watchOf(int descriptor)
{
    const auto index = size_t(descriptor);
    if (index >= m_watches.size())
        m_watches.resize(index + 1);
    if (!m_watches[index])
        m_watches[index] = std::make_unique<Watch>();
    return *m_watches[index];
}

void EpollDispatcher::watch(int descriptor, EpollWatcher *watcher, quint32 events)
{
    Watch &watch = watchOf(descriptor);
    watch.watcher = watcher;
    watch.watcherEvents = events;
    if (watch.wanted() != watch.installed)
        install(descriptor, watch);
}

void EpollDispatcher::unwatch(int descriptor, Unwatch then)
{
    Watch &watch = watchOf(descriptor);
    watch.watcher = nullptr;
    watch.watcherEvents = 0;
    remove(descriptor, watch, then);
}

void EpollDispatcher::registerSocketNotifier(QSocketNotifier *notifier)
{
    const auto descriptor = int(notifier->socket());
    Watch &watch = watchOf(descriptor);
    if (watch.notifiers[notifier->type()] && watch.notifiers[notifier->type()] != notifier)
        qWarning("EpollDispatcher: two notifiers of one type for descriptor %d", descriptor);
    watch.notifiers[notifier->type()] = notifier;
    install(descriptor, watch);
}

void EpollDispatcher::unregisterSocketNotifier(QSocketNotifier *notifier)
{
    const auto descriptor = size_t(notifier->socket());
    if (descriptor >= m_watches.size() || !m_watches[descriptor])
        return;
    Watch &watch = *m_watches[descriptor];
    if (watch.notifiers[notifier->type()] != notifier)
        return;
    watch.notifiers[notifier->type()] = nullptr;
    if (watch.wanted() == 0)
        remove(int(descriptor), watch);
    else
        install(int(descriptor), watch);
}

/// Told to the kernel when the turn ends: a write notifier that comes and goes within a turn costs nothing.
void EpollDispatcher::install(int descriptor, Watch &watch)
{
    if (std::exchange(watch.changed, true))
        return;
    m_changes.push_back(descriptor);
}

/// At once, since the descriptor may be closed next and its number come back as another file.
void EpollDispatcher::remove(int descriptor, Watch &watch, Unwatch then)
{
    if (watch.installed != 0 && then == Unwatch::Open)
        epoll_ctl(m_epoll, EPOLL_CTL_DEL, descriptor, nullptr);
    watch.installed = 0;
    ++watch.generation;
}

void EpollDispatcher::applyChanges()
{
    for (const int descriptor : m_changes) {
        Watch &watch = *m_watches[size_t(descriptor)];
        watch.changed = false;
        const quint32 wanted = watch.wanted();
        if (wanted == watch.installed)
            continue;
        epoll_event event{};
        event.events = wanted;
        event.data.u64 = (quint64(watch.generation) << 32) | quint32(descriptor);
        int operation = watch.installed == 0 ? EPOLL_CTL_ADD : EPOLL_CTL_MOD;
        if (wanted == 0)
            operation = EPOLL_CTL_DEL;
        if (epoll_ctl(m_epoll, operation, descriptor, &event) < 0) {
            qWarning("EpollDispatcher: descriptor %d: %s", descriptor, std::strerror(errno));
            continue;
        }
        watch.installed = wanted;
    }
    m_changes.clear();
}

int EpollDispatcher::deliver(const epoll_event &event)
{
    const auto descriptor = size_t(quint32(event.data.u64));
    const auto generation = quint32(event.data.u64 >> 32);
    if (const Watch *watch = m_watches[descriptor].get(); watch->watcher) {
        if (watch->generation != generation)
            return 0;
        watch->watcher->descriptorReady(event.events);
        return 1;
    }
    int delivered = 0;
    for (int type = 0; type < 3; ++type) {
        if (!(event.events & deliveredFor[type]))
            continue;
        // Looked up every time: what was told first may have taken the second one away.
        const Watch *watch = m_watches[descriptor].get();
        if (watch->generation != generation)
            return delivered;
        if (QSocketNotifier *notifier = watch->notifiers[type]) {
            QEvent activation(QEvent::SockAct);
            QCoreApplication::sendEvent(notifier, &activation);
            ++delivered;
        }
    }
    return delivered;
}

void EpollDispatcher::wakeUp()
{
    if (m_awake.exchange(true, std::memory_order_acq_rel))
        return;
    const quint64 one = 1;
    [[maybe_unused]] const auto written = ::write(m_wakeUp, &one, sizeof(one));
}

/// What a thread did before it woke this one has happened when this returns.
void EpollDispatcher::takeWakeUps()
{
    quint64 count = 0;
    [[maybe_unused]] const auto got = ::read(m_wakeUp, &count, sizeof(count));
    m_awake.exchange(false, std::memory_order_acq_rel);
}

void EpollDispatcher::interrupt()
{
    m_interrupted.store(true, std::memory_order_release);
    wakeUp();
}

} // namespace Hubbub
