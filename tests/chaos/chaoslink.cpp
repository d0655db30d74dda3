// SPDX-License-Identifier: MIT
#include "tests/chaos/chaoslink.h"

#include <QtCore/QPointer>

#include <sys/socket.h>

namespace HubbubTest
{

namespace
{

/// Has the peer told with a reset.
void reset(QTcpSocket *socket)
{
    const linger atOnce{1, 0};
    if (socket->socketDescriptor() >= 0)
        ::setsockopt(int(socket->socketDescriptor()), SOL_SOCKET, SO_LINGER, &atOnce, sizeof atOnce);
    socket->abort();
}

} // namespace

ChaosLink::ChaosLink(QTcpSocket *client, quint16 target, ChaosProxy *proxy)
    : QObject(proxy)
    , m_proxy(proxy)
    , m_client(client)
    , m_server(new QTcpSocket(this))
{
    client->setParent(this);
    prepare(m_up, Way::Up, m_client, m_server);
    prepare(m_down, Way::Down, m_server, m_client);
    for (QTcpSocket *socket : {m_client, m_server})
        socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    // A server that is not there is, to the client, one that hangs up.
    connect(m_server, &QAbstractSocket::errorOccurred, this, [this] {
        if (m_server->state() != QAbstractSocket::ConnectedState)
            onEnd(m_down);
    });
    m_server->connectToHost(QHostAddress(QHostAddress::LocalHost), target);
}

ChaosLink::~ChaosLink()
{
    for (QTcpSocket *socket : {m_client, m_server})
        socket->disconnect(this);
}

void ChaosLink::prepare(Lane &lane, Way way, QTcpSocket *from, QTcpSocket *to)
{
    lane.way = way;
    lane.from = from;
    lane.to = to;
    lane.timer.setSingleShot(true);
    lane.timer.setTimerType(Qt::PreciseTimer);
    connect(&lane.timer, &QTimer::timeout, this, [this, &lane] { deliver(lane); });
    connect(from, &QTcpSocket::readyRead, this, [this, &lane] { take(lane); });
    connect(from, &QTcpSocket::disconnected, this, [this, &lane] { onEnd(lane); });
}

void ChaosLink::take(Lane &lane)
{
    QByteArray bytes = lane.from->readAll();
    if (m_state != State::Carrying || m_proxy->of(lane.way).silent) {
        m_proxy->of(lane.way).swallowed += bytes.size();
        return;
    }
    lane.parcels.push_back({QDeadlineTimer(m_proxy->m_delay, Qt::PreciseTimer), std::move(bytes)});
    if (!lane.timer.isActive())
        deliver(lane);
}

void ChaosLink::deliver(Lane &lane)
{
    const QPointer<ChaosLink> alive(this);
    while (!lane.parcels.empty() && m_state == State::Carrying) {
        Parcel &first = lane.parcels.front();
        if (!first.due.hasExpired()) {
            lane.timer.start(int(first.due.remainingTime()));
            return;
        }
        const qint64 atOnce = m_proxy->m_trickleBytes > 0 ? m_proxy->m_trickleBytes : first.bytes.size();
        const QByteArray part =
            first.bytes.left(m_proxy->allowance(lane.way, std::min<qint64>(atOnce, first.bytes.size())));
        first.bytes.remove(0, part.size());
        if (first.bytes.isEmpty())
            lane.parcels.pop_front();
        lane.to->write(part);
        if (lane.to->state() == QAbstractSocket::ConnectedState)
            lane.to->flush(); // what was carried before a cut has arrived
        m_proxy->of(lane.way).carried += part.size();
        m_proxy->springIfDue(lane.way);
        if (!alive)
            return;
        if (m_proxy->m_trickleBytes > 0 && !lane.parcels.empty()) {
            lane.timer.start(m_proxy->m_tricklePause);
            return;
        }
    }
    if (lane.fromHasEnded && m_state == State::Carrying)
        end(Fault::Close);
}

/// What it sent before still arrives.
void ChaosLink::onEnd(Lane &lane)
{
    lane.fromHasEnded = true;
    if (m_state == State::Carrying && !m_proxy->of(lane.way).silent) {
        if (lane.from->bytesAvailable() > 0)
            take(lane);
        if (lane.parcels.empty())
            end(Fault::Close);
    } else {
        m_state = State::Silent; // the other end waits for news that does not come
        if (m_up.fromHasEnded && m_down.fromHasEnded)
            end(Fault::Close);
    }
}

void ChaosLink::end(Fault fault)
{
    if (m_state == State::Ended)
        return;
    switch (fault) {
    case Fault::Silence:
        m_state = State::Silent;
        return;
    case Fault::Cut:
        letGo();
        reset(m_client);
        reset(m_server);
        deleteLater();
        return;
    case Fault::Close:
        letGo();
        for (QTcpSocket *socket : {m_client, m_server}) {
            connect(socket, &QTcpSocket::disconnected, this, &ChaosLink::deleteIfDone);
            socket->disconnectFromHost(); // once all is written
        }
        deleteIfDone();
        return;
    }
}

void ChaosLink::letGo()
{
    m_state = State::Ended;
    for (QTcpSocket *socket : {m_client, m_server})
        socket->disconnect(this);
}

void ChaosLink::deleteIfDone()
{
    if (m_client->state() == QAbstractSocket::UnconnectedState
        && m_server->state() == QAbstractSocket::UnconnectedState)
        deleteLater();
}

} // namespace HubbubTest
