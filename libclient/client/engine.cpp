// SPDX-License-Identifier: MIT
#include "libclient/client/engine.h"

#include "libclient/client/logging.h"
#include "libclient/transport/certificatecheck.h"

#include <QtCore/QPointer>
#include <QtCore/QTimer>
#include <QtCore/QTimerEvent>

#include <atomic>

using namespace Qt::StringLiterals;

namespace EngineIo
{

namespace
{

/// Enough for a CONNECT or a pong; in between a connection keeps the buffers it needed last.
constexpr std::chrono::milliseconds settleTime{200};

/// How long the server may be silent. Each part is held to a day, so that no server can make the sum overflow
/// a timer.
std::chrono::milliseconds heartbeatAllowance(const Handshake &handshake)
{
    constexpr std::chrono::milliseconds day = std::chrono::hours(24);
    return std::min(handshake.pingInterval, day) + std::min(handshake.pingTimeout, day);
}

/// In a WebSocket message only text has the digit of its packet type before it.
qint64 sizeOnTheWire(const Message &message, BinaryForm form)
{
    return message.binary && form == BinaryForm::Raw ? message.data.size()
                                                     : recordSize(message.data.size(), message.binary);
}

const QString webSocketName = u"websocket"_s;

/// For rememberUpgrade: how the last session of this process, of any manager and thread, ended up.
std::atomic<bool> webSocketWorked = false;

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
    if (m_options.rememberUpgrade && webSocketWorked && m_options.transports.removeOne(webSocketName))
        m_options.transports.prepend(webSocketName);
    openNext();
}

void Engine::openNext()
{
    if (m_options.transports.isEmpty()) {
        QMetaObject::invokeMethod(
            this,
            [this] {
                fail(u"transport error"_s,
                     {u"no-transports"_s, u"No way of connecting is allowed by the options."_s, {}});
            },
            Qt::QueuedConnection);
        return;
    }
    const QString name = m_options.transports.constFirst();
    use(m_options.makeTransport(name));
    if (m_options.tryAllTransports && m_options.transports.size() > 1
        && m_options.transportTimeout.count() > 0)
        m_transportTimer.start(int(m_options.transportTimeout.count()), this);
    m_transport->open(m_options.makeRequest(name, {}));
}

void Engine::use(std::unique_ptr<ClientTransport> transport)
{
    leaveTransport();
    m_transport = std::move(transport);
    connect(m_transport.get(), &ClientTransport::packetReceived, this, &Engine::onPacket);
    connect(m_transport.get(), &ClientTransport::bytesWritten, this, &Engine::bytesWritten);
    connect(m_transport.get(), &ClientTransport::closed, this, &Engine::onTransportClosed);
}

/// Later, for it may be the one that is telling us something.
void Engine::leaveTransport()
{
    if (!m_transport)
        return;
    m_transport->disconnect(this);
    m_transport->abort();
    m_transport.release()->deleteLater();
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

void Engine::tryUpgrade()
{
    if (!m_options.upgrade)
        return;
    for (const QString &name : std::as_const(m_handshake.upgrades)) {
        if (name == m_transport->name() || !m_options.transports.contains(name))
            continue;
        m_upgrade = std::make_unique<EngineUpgrade>(m_transport.get(), m_options.makeTransport(name));
        connect(m_upgrade.get(), &EngineUpgrade::succeeded, this, &Engine::onUpgraded);
        connect(m_upgrade.get(), &EngineUpgrade::failed, this, [this](const Hubbub::Error &why) {
            qCDebug(SocketIo::lcEngine) << "no upgrade:" << why.code << why.cause;
            endUpgrade();
            Q_EMIT upgradeFailed(why);
        });
        m_upgrade->start(m_options.makeRequest(name, m_handshake.sid));
        return;
    }
}

void Engine::onUpgraded()
{
    use(m_upgrade->takeCandidate());
    webSocketWorked = m_transport->name() == webSocketName;
    qCDebug(SocketIo::lcEngine) << "upgraded to" << m_transport->name();
    endUpgrade();
    Q_EMIT upgraded(m_transport->name());
}

/// What was kept meanwhile goes out over whatever transport there is now.
void Engine::endUpgrade()
{
    const std::vector<Packet> kept = m_upgrade->takeKept();
    m_upgrade.release()->deleteLater();
    for (const Packet &packet : kept)
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
    webSocketWorked = m_transport->name() == webSocketName;
    m_transport->joinSession(m_handshake);
    qCDebug(SocketIo::lcEngine) << "open over" << m_transport->name() << "heartbeat"
                                << m_handshake.pingInterval.count() << '+' << m_handshake.pingTimeout.count()
                                << "ms";
    restartHeartbeat();
    trimSoon();
    const QPointer<Engine> guard(this);
    Q_EMIT opened();
    if (guard && m_state == State::Open)
        tryUpgrade();
}

void Engine::onTransportClosed(const Hubbub::Error &why)
{
    if (m_state == State::Closing) {
        fail(u"forced close"_s, why);
        return;
    }
    webSocketWorked = false;
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

/// Once what is under way now is through.
void Engine::trimSoon()
{
    QTimer::singleShot(settleTime, this, [this] {
        if (m_state == State::Open)
            m_transport->trim();
    });
}

void Engine::onHeartbeatMissed()
{
    fail(u"ping timeout"_s, {u"ping-timeout"_s, u"The server has not been heard of for too long."_s,
                             u"no ping within %1 ms"_s.arg(heartbeatAllowance(m_handshake).count())});
}

Hubbub::Result<void> checkSize(const Messages &messages, qint64 maxPayload, BinaryForm form)
{
    for (const Message &message : messages) {
        const qint64 size = sizeOnTheWire(message, form);
        if (size > maxPayload)
            return Hubbub::failure(
                u"message-too-large"_s,
                u"This is %1 bytes; the server takes at most %2 at once."_s.arg(size).arg(maxPayload));
    }
    return {};
}

} // namespace EngineIo
