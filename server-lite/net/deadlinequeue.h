// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/net/deadline.h"

#include <QtCore/QBasicTimer>
#include <QtCore/QObject>

namespace Hubbub
{

/// Every deadline of one worker behind one precise timer. Thread: the one it was made on.
class DeadlineQueue : public QObject
{
    Q_OBJECT
public:
    explicit DeadlineQueue(QObject *parent = nullptr);
    qsizetype size() const { return qsizetype(m_queue.size()); }

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    friend class Deadline;
    void arm();

    Deadline::Queue m_queue;
    Deadline::Clock::time_point m_armedFor = Deadline::Clock::time_point::max();
    QBasicTimer m_timer;
};

} // namespace Hubbub
