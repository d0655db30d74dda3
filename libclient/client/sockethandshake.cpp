// SPDX-License-Identifier: MIT
// CONNECT, with what the application and an earlier session have to say, and its answer.
#include "libclient/client/logging.h"
#include "libclient/client/socket_p.h"

using namespace Qt::StringLiterals;

namespace SocketIo
{

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

} // namespace SocketIo
