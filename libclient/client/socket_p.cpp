// SPDX-License-Identifier: MIT
// The life of a namespace's connection; how it is let in is in sockethandshake.cpp, what goes over it in
// socketevents.cpp and socketsending.cpp.
#include "libclient/client/socket_p.h"

#include "libclient/client/logging.h"

#include <QtCore/QTimerEvent>

using namespace Qt::StringLiterals;

namespace SocketIo
{

Socket::Private::Private(Socket *socket, Manager::Private *managerPrivate, const QString &name,
                         const SocketOptions &socketOptions)
    : q(socket)
    , manager(managerPrivate)
    , nsp(name)
    , retries(socketOptions.retries)
    , ackTimeout(socketOptions.ackTimeout.value_or(std::chrono::seconds(10)))
    , machine(name)
    , buffer(manager->options.bufferPolicy, manager->options.maxBufferedPackets,
             manager->options.maxBufferedBytes)
    , retried(retries, manager->options.maxBufferedPackets, manager->options.maxBufferedBytes)
    , acks(manager->options.parser->firstAckId())
{
    connect(&acks, &AckRegistry::expired, this, &Private::expireAck);
}

Socket::Private::~Private() = default;

void Socket::Private::timerEvent(QTimerEvent *event)
{
    if (event->timerId() == m_connectTimer.timerId()) {
        m_connectTimer.stop();
        const Notifier::Turn turn(manager->notifier);
        manager->namespaceTimedOut(this);
    } else if (event->timerId() == m_retryTimer.timerId()) {
        m_retryTimer.stop();
        const Notifier::Turn turn(manager->notifier);
        ownRetryAt = {};
        change(ConnectionInput::ConnectRequested);
        handshake(manager->options.timeout);
    }
}

bool Socket::Private::isConnected() const
{
    return is(ConnectionState::Synchronising) || is(ConnectionState::Online) || is(ConnectionState::Degraded);
}

void Socket::Private::connectToServer()
{
    m_connectSoon = false;
    if (active)
        return;
    const Notifier::Turn turn(manager->notifier);
    active = true;
    lastError = {};
    change(ConnectionInput::ConnectRequested);
    manager->socketActivated(this);
}

void Socket::Private::connectSoon()
{
    m_connectSoon = true;
    QMetaObject::invokeMethod(
        this,
        [this] {
            if (m_connectSoon)
                connectToServer();
        },
        Qt::QueuedConnection);
}

void Socket::Private::disconnectFromServer()
{
    m_connectSoon = false;
    if (is(ConnectionState::Offline))
        return;
    const Notifier::Turn turn(manager->notifier);
    const bool wasConnected = isConnected();
    if (wasConnected)
        sendPacket({.type = PacketType::Disconnect, .nsp = nsp});
    active = false;
    lastError = {};
    change(ConnectionInput::DisconnectRequested);
    endSession();
    forgetPast();
    if (wasConnected)
        post([this] {
            Q_EMIT q->disconnected(u"io client disconnect"_s,
                                   {u"closed-here"_s, u"The connection was closed on this side."_s, {}});
        });
    manager->closeIfIdle();
}

QList<PendingAck> Socket::Private::abandon()
{
    const Notifier::Turn turn(manager->notifier);
    if (isConnected())
        sendPacket({.type = PacketType::Disconnect, .nsp = nsp});
    m_abandoned = true;
    active = false;
    id.clear();
    ++m_connectSerial;
    if (!is(ConnectionState::Offline))
        machine.apply(ConnectionInput::DisconnectRequested);
    manager->forget(nsp);
    manager->closeIfIdle();
    QList<PendingAck> pending = acks.takeAll();
    const QList<RetryQueue::Item> unanswered = retried.takeAll();
    for (const RetryQueue::Item &item : unanswered)
        pending.append(item.ack);
    return pending;
}

void Socket::Private::attemptStarted()
{
    if (is(ConnectionState::Waiting))
        change(ConnectionInput::ConnectRequested);
}

void Socket::Private::joinWait()
{
    change(ConnectionInput::LinkLost);
}

void Socket::Private::transportOpened(std::chrono::milliseconds timeLeft)
{
    handshake(timeLeft);
}

void Socket::Private::waitAlone(std::chrono::milliseconds wait, const Hubbub::Error &error)
{
    ++m_connectSerial;
    lastError = error;
    ownRetryAt = QDateTime::currentDateTimeUtc().addMSecs(wait.count());
    m_retryTimer.start(int(wait.count()), this);
    change(ConnectionInput::LinkLost);
    post([this, error] { Q_EMIT q->connectError(error, QCborValue(QCborValue::Undefined)); });
}

void Socket::Private::connectionEnded(Manager::Private::Sequel sequel, const QString &reason,
                                      const Hubbub::Error &error)
{
    using Sequel = Manager::Private::Sequel;
    const bool wasConnected = isConnected();
    const bool wasTrying = is(ConnectionState::Connecting) || is(ConnectionState::Handshaking);
    lastError = error;
    endSession();
    active = sequel == Sequel::Retry;
    switch (sequel) {
    case Sequel::Retry:
        if (!is(ConnectionState::Waiting)) // it may have been waiting alone
            change(ConnectionInput::LinkLost);
        break;
    case Sequel::GiveUp:
        change(ConnectionInput::AttemptsExhausted);
        break;
    case Sequel::Distrust:
        change(ConnectionInput::IdentityChanged);
        break;
    case Sequel::Rest:
        change(ConnectionInput::DisconnectRequested);
        break;
    }
    if (wasConnected)
        post([this, reason, error] { Q_EMIT q->disconnected(reason, error); });
    else if (wasTrying && sequel != Sequel::Rest)
        post([this, error] { Q_EMIT q->connectError(error, QCborValue(QCborValue::Undefined)); });
}

void Socket::Private::onDisconnect()
{
    const Hubbub::Error error{u"server-disconnect"_s, u"The server ended this connection."_s, nsp};
    if (is(ConnectionState::Handshaking)) {
        refuse(error, QCborValue(QCborValue::Undefined));
        return;
    }
    if (!isConnected())
        return;
    active = false;
    lastError = error;
    change(ConnectionInput::ServerRefused);
    endSession();
    forgetPast();
    manager->closeIfIdle();
    post([this, error] { Q_EMIT q->disconnected(u"io server disconnect"_s, error); });
}

void Socket::Private::endSession()
{
    m_connectTimer.stop();
    m_retryTimer.stop();
    ownRetryAt = {};
    ++m_connectSerial;
    m_early.clear();
    id.clear();
    recovered = false;
    failSentAcks();
}

void Socket::Private::forgetPast()
{
    m_pid.clear();
    m_lastOffset.clear();
}

void Socket::Private::change(ConnectionInput input)
{
    if (machine.apply(input))
        post([this, state = machine.state()] { Q_EMIT q->stateChanged(state); });
}

} // namespace SocketIo
