// SPDX-License-Identifier: MIT
#include "server-lite/net/deadlinequeue.h"
#include "server-lite/transport/heartbeat.h"

#include <QtTest/QTest>

#include <thread>

using namespace std::chrono_literals;
using EngineIo::Heartbeat;
using Hubbub::Deadline;
using Hubbub::DeadlineQueue;

/// What a heartbeat does when its loop is late: here the loop does not turn at all, and a request asks.
class TestHeartbeat : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_pings = 0;
        m_ends = 0;
    }
    void smallDelaysDoNotAddUp();
    void aLongDelayLeavesThePeerTimeToAnswer();
    void anotherPacketGivesTheWaitForThePongOnceMore();
    void nothingHappensEarlyOrTwice();

private:
    static void waitUntil(Deadline::Clock::time_point then) { std::this_thread::sleep_until(then); }
    Heartbeat heartbeat(std::chrono::milliseconds interval, std::chrono::milliseconds timeout)
    {
        return {m_queue, interval, timeout, [this] { ++m_pings; }, [this] { ++m_ends; }};
    }

    DeadlineQueue m_queue;
    int m_pings = 0;
    int m_ends = 0;
};

void TestHeartbeat::smallDelaysDoNotAddUp()
{
    auto beat = heartbeat(100ms, 400ms);
    beat.start();
    const auto started = Deadline::Clock::now();
    waitUntil(started + 150ms);
    beat.catchUp();
    const auto pinged = Deadline::Clock::now();
    QCOMPARE(m_pings, 1);
    QCOMPARE(m_ends, 0);
    // Both times after the start, unless this machine slept for very long.
    waitUntil(std::max(started + 500ms, pinged + 300ms));
    beat.catchUp();
    QCOMPARE(m_ends, 1);
}

void TestHeartbeat::aLongDelayLeavesThePeerTimeToAnswer()
{
    auto beat = heartbeat(10ms, 200ms);
    beat.start();
    waitUntil(Deadline::Clock::now() + 400ms);
    beat.catchUp();
    QCOMPARE(m_pings, 1);
    QCOMPARE(m_ends, 0);
    beat.pongReceived();
    QCOMPARE(m_queue.size(), 1);
}

void TestHeartbeat::anotherPacketGivesTheWaitForThePongOnceMore()
{
    auto beat = heartbeat(10ms, 1000ms);
    beat.start();
    beat.otherPacketReceived(); // nothing is waited for: nothing to restart
    waitUntil(Deadline::Clock::now() + 20ms);
    beat.catchUp();
    QCOMPARE(m_pings, 1);
    const auto pinged = Deadline::Clock::now();
    waitUntil(pinged + 600ms);
    beat.otherPacketReceived();
    const auto restarted = Deadline::Clock::now();
    waitUntil(pinged + 1100ms);
    beat.catchUp();
    QCOMPARE(m_ends, 0);
    beat.otherPacketReceived(); // only the first one counts
    waitUntil(restarted + 1000ms);
    beat.catchUp();
    QCOMPARE(m_ends, 1);
}

void TestHeartbeat::nothingHappensEarlyOrTwice()
{
    auto beat = heartbeat(1h, 1h);
    beat.start();
    beat.catchUp();
    QCOMPARE(m_pings, 0);
    int fired = 0;
    Deadline once(m_queue, [&] { ++fired; });
    once.start(0ms);
    once.catchUp();
    once.catchUp();
    QCoreApplication::processEvents();
    QCOMPARE(fired, 1);
}

QTEST_GUILESS_MAIN(TestHeartbeat)
#include "tst_heartbeat.moc"
