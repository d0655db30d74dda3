// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QCoreApplication>
#include <QtCore/QDeadlineTimer>
#include <QtCore/QEventLoop>
#include <QtCore/QTimer>

#include <chrono>

namespace HubbubTest
{

/// Runs the event loop until it holds; false if patience ended first. QTest::qWaitFor() rests 10 ms between
/// turns of the loop, which is long where a second takes 17. Thread: the test's.
template <typename Condition>
bool spinUntil(Condition holds, std::chrono::milliseconds patience)
{
    const QDeadlineTimer deadline(patience);
    QTimer alarm; // if nothing else wakes the loop
    alarm.start(std::chrono::milliseconds(50));
    while (!holds()) {
        if (deadline.hasExpired())
            return false;
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
    return true;
}

} // namespace HubbubTest
