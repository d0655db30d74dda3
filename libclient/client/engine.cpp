// SPDX-License-Identifier: MIT
// The life of a session; which transport it uses is in enginetransports.cpp.
#include "libclient/client/engine.h"

#include "libclient/client/logging.h"
#include "libclient/transport/certificatecheck.h"

#include <QtCore/QPointer>
#include <QtCore/QTimerEvent>

using namespace Qt::StringLiterals;

namespace EngineIo
{

namespace
{

/// How long the server may be silent. Each part is held to a day, so that no server can make the sum overflow
/// a timer.
std::chrono::milliseconds heartbeatAllowance(const Handshake &handshake)
{
    constexpr std::chrono::milliseconds day = std::chrono::hours(24);
    return std::min(handshake.pingInterval, day) + std::min(handshake.pingTimeout, day);
}

/// Whether another transport may get through where this one did not. Not to a server that is not there, or
/// not trusted, or not through a proxy that lets nobody through.
bool mayBeTheTransport(const Hubbub::Error &error)
{
    return error.code != "host-not-found"_L1 && error.code != "connection-refused"_L1
           && error.code != "proxy-error"_L1 && error.code != "client-certificate-required"_L1
           && !isDistrust(error);
}

} // namespace

Engine::Engine(EngineOptions options, QObject *parent)
    : QObject(parent)
    , m_options(std::move(options))
{
}

void Engine::timerEvent(QTimerEvent *event)
{
    if (event->timerId() == m_heartbeat.timerId()) {
        m_heartbeat.stop();
        onHeartbeatMissed();
    } else if (event->timerId() == m_transportTimer.timerId()) {
        m_transportTimer.stop();
        onTransportClosed({u"connect-timeout"_s, u"The server did not answer in time."_s,
                           u"no handshake over %1"_s.arg(transportName())});
    }
}

Engine::~Engine()
{
    m_upgrade.reset();
    if (m_transport)
        m_transport->disconnect(this);
}

void Engine::open()
{
    if (m_state != State::Idle)
        return;
    m_state = State::Opening;
    preferWhatWorked();
    openNext();
}

void Engine::send(const Messages &messages)
{
    if (m_state != State::Open)
        return;
    // What only the better transport can take waits for it, and with it what follows.
    if (m_upgrade && !checkSize(messages, m_handshake.maxPayload, BinaryForm::Base64))
        m_upgrade->keepAll();
    for (const Message &message : messages)
        sendPacket({PacketType::Message, message.data, message.binary});
}

BinaryForm Engine::binaryForm() const
{
    return m_transport && m_transport->name() == "polling"_L1 && !m_upgrade ? BinaryForm::Base64
                                                                            : BinaryForm::Raw;
}

void Engine::sendPacket(const Packet &packet)
{
    if (!m_upgrade || !m_upgrade->keep(packet))
        m_transport->send(packet);
}

bool Engine::checkExpired()
{
    if (m_state != State::Open || !m_deadline || m_options.clock() <= *m_deadline)
        return false;
    m_heartbeat.start(0, this);
    return true;
}

void Engine::close()
{
    if (m_state == State::Closing || m_state == State::Closed)
        return;
    m_heartbeat.stop();
    m_transportTimer.stop();
    if (m_upgrade) {
        m_upgrade->cancel();
        endUpgrade();
    }
    m_state = State::Closing;
    if (m_transport)
        m_transport->close();
}

void Engine::fail(const QString &reason, const Hubbub::Error &error)
{
    if (m_state == State::Closed)
        return;
    qCDebug(SocketIo::lcEngine) << "closed:" << reason << error.code << error.cause;
    m_state = State::Closed;
    m_heartbeat.stop();
    m_transportTimer.stop();
    if (m_upgrade) {
        m_upgrade->abandon();
        m_upgrade.release()->deleteLater();
    }
    if (m_transport) {
        m_transport->disconnect(this);
        m_transport->abort();
    }
    Q_EMIT closed(reason, error);
}

void Engine::onPacket(const Packet &packet)
{
    if (m_state == State::Opening) {
        onHandshake(packet);
        return;
    }
    if (m_state != State::Open)
        return;
    switch (packet.type) {
    case PacketType::Message:
        if (m_receiver)
            m_receiver->messageReceived({packet.data, packet.binary});
        break;
    case PacketType::Ping:
        sendPacket({PacketType::Pong, {}, false});
        restartHeartbeat();
        trimSoon();
        Q_EMIT pinged();
        break;
    case PacketType::Close:
        fail(u"transport close"_s,
             {u"transport-close"_s, u"The server ended the session."_s, u"close packet"_s});
        break;
    case PacketType::Open:
        fail(u"parse error"_s,
             {u"parse-error"_s, u"The server broke the protocol, so the connection was closed."_s,
              u"a second open packet"_s});
        break;
    case PacketType::Pong:
    case PacketType::Upgrade:
    case PacketType::Noop:
        qCDebug(SocketIo::lcEngine) << "ignored packet of type" << int(packet.type);
        break;
    }
}

void Engine::onHandshake(const Packet &packet)
{
    if (packet.type != PacketType::Open) {
        fail(u"parse error"_s,
             {u"parse-error"_s, u"What answers at this address does not speak Socket.IO 3 or 4."_s,
              u"a packet of type %1 before the handshake"_s.arg(int(packet.type))});
        return;
    }
    Hubbub::Result<Handshake> handshake = decodeHandshake(packet.data);
    if (!handshake) {
        fail(u"parse error"_s,
             {u"parse-error"_s, u"What answers at this address does not speak Socket.IO 3 or 4."_s,
              handshake.error().code + u": "_s + handshake.error().cause});
        return;
    }
    m_handshake = *std::move(handshake);
    m_state = State::Open;
    m_transportTimer.stop();
    rememberTransport(true);
    m_transport->joinSession(m_handshake);
    qCDebug(SocketIo::lcEngine) << "open over" << m_transport->name() << "heartbeat"
                                << m_handshake.pingInterval.count() << '+' << m_handshake.pingTimeout.count()
                                << "ms";
    restartHeartbeat();
    trimSoon();
    const QPointer<Engine> guard(this);
    Q_EMIT opened();
    if (guard)
        tryUpgrade();
}

void Engine::onTransportClosed(const Hubbub::Error &why)
{
    if (m_state == State::Closing) {
        fail(u"forced close"_s, why);
        return;
    }
    rememberTransport(false);
    if (m_state == State::Opening && m_options.tryAllTransports && m_options.transports.size() > 1
        && mayBeTheTransport(why)) {
        const QString failed = m_options.transports.takeFirst();
        qCDebug(SocketIo::lcEngine) << failed << "failed:" << why.code << why.cause;
        openNext();
        return;
    }
    if (why.code == "transport-close"_L1)
        fail(u"transport close"_s, why);
    else if (why.code == "parse-error"_L1)
        fail(u"parse error"_s, why);
    else
        fail(u"transport error"_s, why);
}

void Engine::restartHeartbeat()
{
    const std::chrono::milliseconds allowed = heartbeatAllowance(m_handshake);
    m_deadline = m_options.clock() + allowed;
    m_heartbeat.start(int(allowed.count()), Qt::PreciseTimer, this);
}

void Engine::onHeartbeatMissed()
{
    fail(u"ping timeout"_s, {u"ping-timeout"_s, u"The server has not been heard of for too long."_s,
                             u"no ping within %1 ms"_s.arg(heartbeatAllowance(m_handshake).count())});
}

} // namespace EngineIo
