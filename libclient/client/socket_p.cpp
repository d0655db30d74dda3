// SPDX-License-Identifier: MIT
// The life of a namespace's connection; what goes over it is in socketevents.cpp.
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
    , retried(retries)
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

void Socket::Private::handshake(std::chrono::milliseconds timeLeft)
{
    change(ConnectionInput::TransportOpened);
    if (timeLeft.count() > 0)
        m_connectTimer.start(int(timeLeft.count()), this);
    ++m_connectSerial;
    // A CONNECT that was given up too early may still be answered; a second one would break the protocol.
    if (!awaitsAnswer())
        post([this, serial = m_connectSerial] {
            if (serial == m_connectSerial && is(ConnectionState::Handshaking))
                askForAuth();
        });
}

void Socket::Private::askForAuth()
{
    if (!auth) {
        sendConnect({});
        return;
    }
    const AuthProvider provider = auth; // it may set another one
    provider([self = QPointer<Private>(this), serial = m_connectSerial](const QCborMap &answer) {
        if (!self)
            return;
        if (serial != self->m_connectSerial || !self->is(ConnectionState::Handshaking)
            || self->awaitsAnswer()) {
            qCDebug(lcSocket) << self->nsp << "dropped an answer of the auth provider that came too late";
            return;
        }
        self->sendConnect(answer);
    });
}

void Socket::Private::sendConnect(const QCborMap &authData)
{
    m_unansweredConnect = manager->connection;
    Packet packet{.type = PacketType::Connect, .nsp = nsp};
    QCborMap payload;
    if (!m_pid.isEmpty()) {
        payload.insert(u"pid"_s, m_pid);
        if (!m_lastOffset.isEmpty())
            payload.insert(u"offset"_s, m_lastOffset);
    }
    for (const auto &[key, value] : authData)
        payload[key] = value; // the application's keys win
    if (!payload.isEmpty())
        packet.data = payload;
    sendPacket(packet);
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

void Socket::Private::onConnect(const Packet &packet)
{
    const bool asked = awaitsAnswer();
    m_unansweredConnect = 0;
    if (is(ConnectionState::Waiting) && asked) { // the answer came after its time, but it came
        change(ConnectionInput::ConnectRequested);
        change(ConnectionInput::TransportOpened);
    }
    if (!is(ConnectionState::Handshaking) || !asked) {
        qCDebug(lcSocket) << nsp << "ignored a CONNECT nobody waits for";
        if (asked && !active) // left while the server was thinking
            sendPacket({.type = PacketType::Disconnect, .nsp = nsp});
        return;
    }
    const QCborMap answer = packet.data.toMap();
    const QString session = answer.value(u"sid"_s).toString();
    if (session.isEmpty()) {
        refuse({u"protocol-mismatch"_s,
                u"The server speaks Socket.IO 2; this program speaks the protocol of Socket.IO 3 and 4."_s,
                u"CONNECT without a session id"_s},
               QCborValue(QCborValue::Undefined));
        return;
    }
    enterSession(session, answer.value(u"pid"_s).toString());
}

void Socket::Private::enterSession(const QString &session, const QString &pid)
{
    m_connectTimer.stop();
    m_retryTimer.stop();
    ownRetryAt = {};
    lastError = {};
    id = session;
    recovered = !pid.isEmpty() && pid == m_pid;
    m_pid = pid;
    if (!recovered)
        m_lastOffset.clear(); // it would name a place in another session's events
    change(ConnectionInput::NamespaceAccepted);
    manager->namespaceAnswered();
    std::vector<Packet> early = std::exchange(m_early, {});
    for (Packet &packet : early)
        onEvent(std::move(packet));
    flush();
}

void Socket::Private::onConnectError(const Packet &packet)
{
    const bool asked = awaitsAnswer();
    m_unansweredConnect = 0;
    if (is(ConnectionState::Waiting) && asked) {
        change(ConnectionInput::ConnectRequested);
        change(ConnectionInput::TransportOpened);
    }
    if (isConnected()) {
        manager->breakOff(u"CONNECT_ERROR for a namespace that was joined"_s);
        return;
    }
    if (!is(ConnectionState::Handshaking))
        return;
    const QString words =
        packet.data.isString() ? packet.data.toString() : packet.data.toMap().value(u"message"_s).toString();
    const QCborValue data = packet.data.toMap().value(u"data"_s);
    refuse({u"connect-refused"_s, u"The server refused the connection: %1"_s.arg(words), words}, data);
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

void Socket::Private::refuse(const Hubbub::Error &error, const QCborValue &data)
{
    active = false;
    lastError = error;
    change(ConnectionInput::ServerRefused);
    endSession();
    manager->namespaceAnswered();
    manager->closeIfIdle();
    post([this, error, data] { Q_EMIT q->connectError(error, data); });
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
