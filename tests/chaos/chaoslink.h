// SPDX-License-Identifier: MIT
#pragma once

#include "tests/chaos/chaosproxy.h"

#include <QtCore/QDeadlineTimer>
#include <QtCore/QTimer>
#include <QtNetwork/QTcpSocket>

#include <deque>

namespace HubbubTest
{

/// One connection through a ChaosProxy, which owns it; goes when both ends have. Thread: the test's.
class ChaosLink : public QObject
{
    Q_OBJECT
public:
    ChaosLink(QTcpSocket *client, quint16 target, ChaosProxy *proxy);
    ~ChaosLink() override;

    void end(Fault fault);

private:
    enum class State : quint8 { Carrying, Silent, Ended };
    struct Parcel {
        QDeadlineTimer due;
        QByteArray bytes;
    };
    struct Lane {
        Way way = Way::Up;
        QTcpSocket *from = nullptr;
        QTcpSocket *to = nullptr;
        std::deque<Parcel> parcels;
        QTimer timer;
        bool fromHasEnded = false;
    };

    void prepare(Lane &lane, Way way, QTcpSocket *from, QTcpSocket *to);
    void take(Lane &lane);
    void deliver(Lane &lane);
    void onEnd(Lane &lane);
    void letGo();
    void deleteIfDone();

    ChaosProxy *m_proxy;
    QTcpSocket *m_client;
    QTcpSocket *m_server;
    Lane m_up;
    Lane m_down;
    State m_state = State::Carrying;
};

} // namespace HubbubTest
