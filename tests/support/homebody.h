// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QThread>

#include <atomic>

namespace HubbubTest
{

/// To be held by a callback: counts it as a stray if it ends on another thread than the one it was made on.
/// Thread: any.
class Homebody
{
public:
    explicit Homebody(std::atomic<int> &strays)
        : m_strays(strays)
    {
    }
    Q_DISABLE_COPY_MOVE(Homebody)
    ~Homebody() { m_strays += QThread::currentThread() != m_home; }

private:
    QThread *m_home = QThread::currentThread();
    std::atomic<int> &m_strays;
};

} // namespace HubbubTest
