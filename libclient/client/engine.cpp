// SPDX-License-Identifier: MIT
#include "libclient/client/engine.h"

#include "libclient/client/logging.h"

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

} // namespace

Engine::Engine(std::unique_ptr<ClientTransport> transport, Clock clock, QObject *parent)
    : QObject(parent)
    , m_transport(std::move(transport))
    , m_clock(std::move(clock))
{
    m_heartbeat.setSingleShot(true);
    m_heartbeat.setTimerType(Qt::PreciseTimer);
    connect(&m_heartbeat, &QTimer::timeout, this, &Engine::onHeartbeatMissed);
    connect(m_transport.get(), &ClientTransport::packetReceived, this, &Engine::onPacket);
    connect(m_transport.get(), &ClientTransport::bytesWritten, this, &Engine::bytesWritten);
    connect(m_transport.get(), &ClientTransport::closed, this, &Engine::onTransportClosed);
}

Engine::~Engine()
{
    m_transport->disconnect(this);
}

void Engine::open(const QNetworkRequest &request)
{
    if (m_state != State::Idle)
        return;
    m_state = State::Opening;
    m_transport->open(request);
}

void Engine::send(const std::vector<Message> &messages)
{
    if (m_state != State::Open)
        return;
    for (const Message &message : messages)
        m_transport->send({PacketType::Message, message.data, message.binary});
}

bool Engine::checkExpired()
{
    if (m_state != State::Open || !m_deadline || m_clock() <= *m_deadline)
        return false;
    m_heartbeat.start(0);
    return true;
}

void Engine::close()
{
    if (m_state == State::Closing || m_state == State::Closed)
        return;
    m_state = State::Closing;
    m_heartbeat.stop();
    m_transport->close();
}

void Engine::fail(const QString &reason, const Hubbub::Error &error)
{
    if (m_state == State::Closed)
        return;
    qCDebug(SocketIo::lcEngine) << "closed:" << reason << error.code << error.cause;
    m_state = State::Closed;
    m_heartbeat.stop();
    m_transport->disconnect(this);
    m_transport->abort();
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
        Q_EMIT messageReceived({packet.data, packet.binary});
        break;
    case PacketType::Ping:
        m_transport->send({PacketType::Pong, {}, false});
        restartHeartbeat();
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
    qCDebug(SocketIo::lcEngine) << "open over" << m_transport->name() << "heartbeat"
                                << m_handshake.pingInterval.count() << '+' << m_handshake.pingTimeout.count()
                                << "ms";
    restartHeartbeat();
    Q_EMIT opened();
}

void Engine::onTransportClosed(const Hubbub::Error &why)
{
    if (m_state == State::Closing)
        fail(u"forced close"_s, why);
    else if (why.code == "transport-close"_L1)
        fail(u"transport close"_s, why);
    else if (why.code == "parse-error"_L1)
        fail(u"parse error"_s, why);
    else
        fail(u"transport error"_s, why);
}

void Engine::restartHeartbeat()
{
    const std::chrono::milliseconds allowed = heartbeatAllowance(m_handshake);
    m_deadline = m_clock() + allowed;
    m_heartbeat.start(allowed);
}

void Engine::onHeartbeatMissed()
{
    fail(u"ping timeout"_s, {u"ping-timeout"_s, u"The server has not been heard of for too long."_s,
                             u"no ping within %1 ms"_s.arg(heartbeatAllowance(m_handshake).count())});
}

Hubbub::Result<void> checkSize(const std::vector<Message> &messages, qint64 maxPayload)
{
    for (const Message &message : messages) {
        // A text message goes out with the digit of its packet type before it.
        const qint64 size = message.data.size() + (message.binary ? 0 : 1);
        if (size > maxPayload)
            return Hubbub::failure(
                u"message-too-large"_s,
                u"This is %1 bytes; the server takes at most %2 at once."_s.arg(size).arg(maxPayload));
    }
    return {};
}

} // namespace EngineIo
