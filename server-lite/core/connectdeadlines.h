// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/transport/engineserver.h"

#include <QtCore/QObject>
#include <QtCore/QTimer>

#include <chrono>
#include <deque>

namespace SocketIo
{

/// Until when each new session has to join a namespace. All wait equally long, so a queue and one timer do.
/// Thread: the server's.
class ConnectDeadlines : public QObject
{
    Q_OBJECT
public:
    explicit ConnectDeadlines(std::chrono::milliseconds wait, QObject *parent = nullptr);

    void add(EngineIo::SessionHandle session);

Q_SIGNALS:
    /// The wait is over, whether the session joined, left or neither.
    void passed(quint64 session);

private:
    using Clock = std::chrono::steady_clock;
    struct Entry {
        Clock::time_point due;
        EngineIo::SessionHandle session;
    };

    void expire();
    void arm();

    std::chrono::milliseconds m_wait;
    std::deque<Entry> m_entries;
    QTimer m_timer;
};

} // namespace SocketIo
