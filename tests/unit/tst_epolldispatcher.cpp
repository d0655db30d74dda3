// SPDX-License-Identifier: MIT
#include "server-lite/net/deadlinequeue.h"
#include "server-lite/net/epolldispatcher.h"
#include "tests/support/place.h"

#include <QtCore/QSocketNotifier>
#include <QtCore/QThread>
#include <QtCore/QTimer>
#include <QtTest/QTest>

#include <condition_variable>
#include <future>
#include <mutex>
#include <thread>

#include <sys/socket.h>
#include <unistd.h>

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

// What is handed from thread to thread goes by the standard library's means: the thread sanitizer sees into
// them, but not into Qt's.

namespace
{
constexpr int patience = 5'000;

/// Counts what happened on another thread.
class Signs
{
public:
    void release()
    {
        const std::lock_guard lock(m_mutex);
        ++m_count;
        m_more.notify_one();
    }
    /// Takes that many, waited for; false if they do not come.
    bool tryAcquire(int count, int milliseconds)
    {
        std::unique_lock lock(m_mutex);
        if (!m_more.wait_for(lock, std::chrono::milliseconds(milliseconds), [&] { return m_count >= count; }))
            return false;
        m_count -= count;
        return true;
    }
    int available()
    {
        const std::lock_guard lock(m_mutex);
        return m_count;
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_more;
    int m_count = 0;
};

} // namespace

/// What Qt's classes rely on, on a thread that runs our dispatcher.
class TestEpollDispatcher : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void postedEventsWakeTheLoop();
    void manyThreadsPost();
    void timersFireInOrderAndNotEarly();
    void repeatingTimerKeepsItsPace();
    void zeroTimerLetsOthersIn();
    void timerMayStopItselfAndOthers();
    void timerIsNotRunAgainByANestedLoop();
    void registeredTimersAreTold();
    void notifiersTellOfReadAndWrite();
    void disabledNotifierIsSilent();
    void notifierMayGoWhileItsPeerIsTold();
    void recycledDescriptorIsNotMixedUp();
    void hangUpIsTold();
    void deadlinesFireInOrder();
    void deadlineMayStartAndDestroyOthers();
    void deferredDeletionHappens();

private:
    /// Runs it on the thread with the dispatcher and waits.
    void there(const std::function<void()> &work)
    {
        std::promise<void> done;
        m_place->post([&] {
            work();
            done.set_value();
        });
        done.get_future().wait();
    }

    std::unique_ptr<QThread> m_thread;
    std::unique_ptr<Place> m_place;
};

namespace
{

struct SocketPair {
    int ends[2] = {-1, -1};
    SocketPair()
    {
        if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends) != 0)
            qFatal("no socket pair");
    }
    ~SocketPair()
    {
        ::close(ends[0]);
        ::close(ends[1]);
    }
    void say() { QCOMPARE(::write(ends[1], "x", 1), 1); }
    void hear()
    {
        char c = 0;
        QCOMPARE(::read(ends[0], &c, 1), 1);
    }
};
} // namespace

void TestEpollDispatcher::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
    m_thread = std::make_unique<QThread>();
    m_thread->setEventDispatcher(new Hubbub::EpollDispatcher);
    m_place = std::make_unique<Place>();
    m_place->moveToThread(m_thread.get());
    m_thread->start();
}

void TestEpollDispatcher::cleanup()
{
    m_thread->quit();
    QVERIFY(m_thread->wait(patience));
    m_place.reset();
    m_thread.reset();
}

void TestEpollDispatcher::postedEventsWakeTheLoop()
{
    for (int i = 0; i < 100; ++i) {
        bool ran = false;
        there([&] { ran = QThread::currentThread() == m_thread.get(); });
        QVERIFY(ran);
    }
}

void TestEpollDispatcher::manyThreadsPost()
{
    constexpr int threads = 4;
    constexpr int posts = 5'000;
    Signs done;
    int count = 0; // touched on one thread only
    std::vector<std::jthread> posters;
    posters.reserve(threads);
    for (int i = 0; i < threads; ++i) {
        posters.emplace_back([&] {
            for (int n = 0; n < posts; ++n) {
                m_place->post([&] {
                    if (++count == threads * posts)
                        done.release();
                });
            }
        });
    }
    QVERIFY(done.tryAcquire(1, patience * 4));
}

void TestEpollDispatcher::timersFireInOrderAndNotEarly()
{
    QList<int> order;
    QList<bool> early;
    Signs done;
    there([&] {
        for (const int ms : {40, 10, 25, 0}) {
            const auto due = Clock::now() + std::chrono::milliseconds(ms);
            QTimer::singleShot(ms, Qt::CoarseTimer, m_place.get(), [&, ms, due] {
                order << ms;
                early << (Clock::now() < due);
                done.release();
            });
        }
    });
    QVERIFY(done.tryAcquire(4, patience));
    QCOMPARE(order, (QList<int>{0, 10, 25, 40}));
    QVERIFY(!early.contains(true));
}

void TestEpollDispatcher::repeatingTimerKeepsItsPace()
{
    Signs done;
    QTimer *timer = nullptr;
    const auto start = Clock::now();
    there([&] {
        timer = new QTimer(m_place.get());
        QObject::connect(timer, &QTimer::timeout, m_place.get(), [&] { done.release(); });
        timer->start(10ms);
    });
    QVERIFY(done.tryAcquire(10, patience));
    QVERIFY(Clock::now() - start >= 100ms);
    there([&] { delete timer; });
}

void TestEpollDispatcher::zeroTimerLetsOthersIn()
{
    Signs done;
    there([&] {
        auto *busy = new QTimer(m_place.get());
        busy->start(0);
        SocketPair *pair = new SocketPair;
        auto *notifier = new QSocketNotifier(pair->ends[0], QSocketNotifier::Read, busy);
        QObject::connect(notifier, &QSocketNotifier::activated, busy, [&done, pair, busy] {
            busy->deleteLater();
            QTimer::singleShot(5, busy->parent(), [&done, pair] {
                delete pair;
                done.release();
            });
        });
        pair->say();
    });
    QVERIFY(done.tryAcquire(1, patience));
}

void TestEpollDispatcher::timerMayStopItselfAndOthers()
{
    Signs done;
    int fired = 0;
    there([&] {
        auto *one = new QTimer(m_place.get());
        auto *two = new QTimer(m_place.get());
        for (QTimer *timer : {one, two}) {
            QObject::connect(timer, &QTimer::timeout, m_place.get(), [&, one, two] {
                ++fired;
                one->deleteLater();
                one->stop();
                two->deleteLater();
                two->stop();
                QTimer::singleShot(20, m_place.get(), [&] { done.release(); });
            });
            timer->start(5);
        }
    });
    QVERIFY(done.tryAcquire(1, patience));
    QCOMPARE(fired, 1);
}

void TestEpollDispatcher::timerIsNotRunAgainByANestedLoop()
{
    Signs done;
    int deepest = 0;
    there([&] {
        auto *timer = new QTimer(m_place.get());
        auto depth = std::make_shared<int>(0);
        QObject::connect(timer, &QTimer::timeout, m_place.get(), [&, timer, depth] {
            deepest = std::max(deepest, ++*depth);
            QEventLoop inner;
            QTimer::singleShot(20, &inner, &QEventLoop::quit);
            inner.exec();
            --*depth;
            timer->deleteLater();
            done.release();
        });
        timer->start(1);
    });
    QVERIFY(done.tryAcquire(1, patience));
    there([] {});
    QCOMPARE(deepest, 1);
}

void TestEpollDispatcher::registeredTimersAreTold()
{
    there([&] {
        QTimer timer;
        timer.setTimerType(Qt::VeryCoarseTimer);
        timer.start(10'000);
        auto *dispatcher = QAbstractEventDispatcher::instance();
        const auto timers = dispatcher->registeredTimers(&timer);
        QCOMPARE(timers.size(), 1);
        QCOMPARE(timers[0].interval, 10'000);
        QCOMPARE(timers[0].timerType, Qt::VeryCoarseTimer);
        QVERIFY(timer.remainingTime() > 9'000 && timer.remainingTime() <= 10'000);
        QVERIFY(dispatcher->unregisterTimers(&timer));
        QVERIFY(dispatcher->registeredTimers(&timer).isEmpty());
        QCOMPARE(dispatcher->remainingTime(timers[0].timerId), -1);
        QVERIFY(!dispatcher->unregisterTimer(timers[0].timerId));
    });
}

void TestEpollDispatcher::notifiersTellOfReadAndWrite()
{
    SocketPair pair;
    Signs read;
    Signs written;
    std::unique_ptr<QSocketNotifier> reader;
    std::unique_ptr<QSocketNotifier> writer;
    there([&] {
        reader = std::make_unique<QSocketNotifier>(pair.ends[0], QSocketNotifier::Read);
        QObject::connect(reader.get(), &QSocketNotifier::activated, m_place.get(), [&] {
            pair.hear();
            read.release();
        });
        writer = std::make_unique<QSocketNotifier>(pair.ends[0], QSocketNotifier::Write);
        QObject::connect(writer.get(), &QSocketNotifier::activated, m_place.get(), [&] {
            writer->setEnabled(false);
            written.release();
        });
    });
    QVERIFY(written.tryAcquire(1, patience));
    for (int i = 0; i < 3; ++i) {
        pair.say();
        QVERIFY(read.tryAcquire(1, patience));
    }
    QCOMPARE(written.available(), 0);
    there([&] { writer->setEnabled(true); });
    QVERIFY(written.tryAcquire(1, patience));
    there([&] {
        reader.reset();
        writer.reset();
    });
}

void TestEpollDispatcher::disabledNotifierIsSilent()
{
    SocketPair pair;
    int told = 0;
    std::unique_ptr<QSocketNotifier> reader;
    there([&] {
        reader = std::make_unique<QSocketNotifier>(pair.ends[0], QSocketNotifier::Read);
        QObject::connect(reader.get(), &QSocketNotifier::activated, m_place.get(), [&] {
            ++told;
            pair.hear();
        });
        reader->setEnabled(false);
    });
    pair.say();
    for (int i = 0; i < 5; ++i)
        there([] {});
    QCOMPARE(told, 0);
    Signs read;
    there([&] {
        QObject::connect(reader.get(), &QSocketNotifier::activated, m_place.get(), [&] { read.release(); });
        reader->setEnabled(true);
    });
    QVERIFY(read.tryAcquire(1, patience));
    QCOMPARE(told, 1);
    there([&] { reader.reset(); });
}

void TestEpollDispatcher::notifierMayGoWhileItsPeerIsTold()
{
    SocketPair one;
    SocketPair two;
    Signs done;
    int told = 0;
    std::unique_ptr<QSocketNotifier> readers[2];
    one.say();
    two.say();
    there([&] {
        for (int i : {0, 1}) {
            const int descriptor = i == 0 ? one.ends[0] : two.ends[0];
            readers[i] = std::make_unique<QSocketNotifier>(descriptor, QSocketNotifier::Read);
            QObject::connect(readers[i].get(), &QSocketNotifier::activated, m_place.get(), [&, i] {
                ++told;
                readers[1 - i].reset();
                readers[i]->setEnabled(false);
                QTimer::singleShot(10, m_place.get(), [&] { done.release(); });
            });
        }
    });
    QVERIFY(done.tryAcquire(1, patience));
    QCOMPARE(told, 1);
    there([&] {
        readers[0].reset();
        readers[1].reset();
    });
}

void TestEpollDispatcher::recycledDescriptorIsNotMixedUp()
{
    Signs read;
    there([&] {
        for (int i = 0; i < 20; ++i) {
            auto pair = std::make_unique<SocketPair>();
            const QSocketNotifier gone(pair->ends[0], QSocketNotifier::Read);
            pair->say();
        }
    });
    SocketPair pair;
    std::unique_ptr<QSocketNotifier> reader;
    there([&] {
        reader = std::make_unique<QSocketNotifier>(pair.ends[0], QSocketNotifier::Read);
        QObject::connect(reader.get(), &QSocketNotifier::activated, m_place.get(), [&] {
            pair.hear();
            read.release();
        });
    });
    pair.say();
    QVERIFY(read.tryAcquire(1, patience));
    QCOMPARE(read.available(), 0);
    there([&] { reader.reset(); });
}

void TestEpollDispatcher::hangUpIsTold()
{
    auto pair = std::make_unique<SocketPair>();
    Signs told;
    std::unique_ptr<QSocketNotifier> reader;
    there([&] {
        reader = std::make_unique<QSocketNotifier>(pair->ends[0], QSocketNotifier::Read);
        QObject::connect(reader.get(), &QSocketNotifier::activated, m_place.get(), [&] {
            reader->setEnabled(false);
            told.release();
        });
    });
    ::shutdown(pair->ends[1], SHUT_RDWR);
    QVERIFY(told.tryAcquire(1, patience));
    there([&] { reader.reset(); });
}

void TestEpollDispatcher::deadlinesFireInOrder()
{
    QList<int> order;
    Signs done;
    std::unique_ptr<Hubbub::DeadlineQueue> queue;
    std::vector<std::unique_ptr<Hubbub::Deadline>> deadlines;
    there([&] {
        queue = std::make_unique<Hubbub::DeadlineQueue>();
        for (const int ms : {30, 5, 15, 0}) {
            deadlines.push_back(std::make_unique<Hubbub::Deadline>(*queue, [&, ms] {
                order << ms;
                done.release();
            }));
            deadlines.back()->start(std::chrono::milliseconds(ms));
        }
        auto stopped = std::make_unique<Hubbub::Deadline>(*queue, [&] { order << -1; });
        stopped->start(10ms);
        stopped->stop();
        QVERIFY(!stopped->isActive());
        auto destroyed = std::make_unique<Hubbub::Deadline>(*queue, [&] { order << -2; });
        destroyed->start(10ms);
    });
    QVERIFY(done.tryAcquire(4, patience));
    QCOMPARE(order, (QList<int>{0, 5, 15, 30}));
    there([&] {
        QCOMPARE(queue->size(), 0);
        deadlines.clear();
        queue.reset();
    });
}

void TestEpollDispatcher::deadlineMayStartAndDestroyOthers()
{
    Signs done;
    int fired = 0;
    std::unique_ptr<Hubbub::DeadlineQueue> queue;
    std::unique_ptr<Hubbub::Deadline> again;
    std::unique_ptr<Hubbub::Deadline> victim;
    std::unique_ptr<Hubbub::Deadline> itself;
    there([&] {
        queue = std::make_unique<Hubbub::DeadlineQueue>();
        victim = std::make_unique<Hubbub::Deadline>(*queue, [&] { fired += 100; });
        itself = std::make_unique<Hubbub::Deadline>(*queue, [&] {
            victim.reset();
            itself.reset();
        });
        again = std::make_unique<Hubbub::Deadline>(*queue, [&] {
            if (++fired < 3)
                again->start(1ms);
            else
                done.release();
        });
        itself->start(1ms);
        victim->start(2ms);
        again->start(3ms);
    });
    QVERIFY(done.tryAcquire(1, patience));
    QCOMPARE(fired, 3);
    there([&] {
        again.reset();
        queue.reset();
    });
}

void TestEpollDispatcher::deferredDeletionHappens()
{
    Signs gone;
    there([&] {
        auto *object = new QObject;
        QObject::connect(object, &QObject::destroyed, object, [&] { gone.release(); });
        object->deleteLater();
    });
    QVERIFY(gone.tryAcquire(1, patience));
}

QTEST_GUILESS_MAIN(TestEpollDispatcher)
#include "tst_epolldispatcher.moc"
