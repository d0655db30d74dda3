// SPDX-License-Identifier: MIT
#include "server-lite/transport/session.h"

#include "libclient/protocol/engineiohandshake.h"
#include "server-lite/transport/pollingtransport.h"

#include <algorithm>
#include <iterator>

namespace EngineIo
{

Session::Session(SessionHandle handle, std::shared_ptr<const SessionInfo> info, SessionHost &host)
    : m_handle(handle)
    , m_host(host)
    , m_info(std::move(info))
    , m_heartbeat(
          host.deadlines(), host.options().pingInterval, host.options().pingTimeout, [this] { ping(); },
          [this] { finish(CloseReason::PingTimeout, {}); })
    , m_pause(host.deadlines(), [this] {
        m_isPaused = false;
        wantFlush();
    })
{
}

void Session::open(std::unique_ptr<Transport> transport)
{
    m_transport = std::move(transport);
    const ServerOptions &options = m_host.options();
    Handshake handshake;
    handshake.sid = m_info->sid;
    if (m_transport->name() == TransportName::Polling && options.allowUpgrades && options.allowWebSocket)
        handshake.upgrades = {toString(TransportName::WebSocket)};
    handshake.pingInterval = options.pingInterval;
    handshake.pingTimeout = options.pingTimeout;
    handshake.maxPayload = options.maxHttpBufferSize;
    queueControl(PacketType::Open, encodeHandshake(handshake));
    m_heartbeat.start();
}

bool Session::changeState(SessionState to)
{
    if (!mayFollow(m_state, to))
        return false;
    m_state = to;
    return true;
}

PollingTransport *Session::polling() const
{
    return m_transport->name() == TransportName::Polling ? static_cast<PollingTransport *>(m_transport.get())
                                                         : nullptr;
}

void Session::queueControl(PacketType type, QByteArray data)
{
    m_queue.push_back({nullptr, {type, std::move(data), false}, false});
    m_queueBytes += m_queue.back().size();
    wantFlush();
}

void Session::ping()
{
    m_transport->trim();
    queueControl(PacketType::Ping);
}

bool Session::closeIfTooSlow()
{
    if (queuedBytes() <= m_host.options().maxQueuedBytes)
        return false;
    SharedCounters::add(m_host.counters().slowClosed);
    finish(CloseReason::TransportError, QStringLiteral("the peer reads too slowly"), TransportEnd::Cut);
    return true;
}

void Session::wantFlush()
{
    if (m_state != SessionState::Closed)
        m_host.sessionWantsFlush(*this);
}

bool Session::send(const FramesPtr &frames, SendMode mode)
{
    if (!takesPackets())
        return false;
    const ServerOptions &options = m_host.options();
    // As the reference does, a poller that is not waiting right now misses what is volatile.
    const auto missed = [&] { return !m_transport->isWritable() || queuedBytes() > options.highWaterMark; };
    if (mode == SendMode::Volatile && missed()) {
        SharedCounters::add(m_host.counters().volatileDropped, frames->count());
        return false;
    }
    m_queue.push_back({frames, {}, mode == SendMode::Alone});
    m_queueBytes += frames->webSocketBytes().size();
    if (!closeIfTooSlow())
        wantFlush();
    return true;
}

bool Session::sendAtOnce(const FramesPtr &frames, SendMode mode)
{
    const bool nothingWaits = takesPackets() && m_queue.empty() && !m_isPaused;
    const auto queued =
        mode == SendMode::Reliable && nothingWaits ? m_transport->writeAtOnce(*frames) : std::nullopt;
    if (!queued)
        return send(frames, mode);
    if (*queued > 0)
        closeIfTooSlow();
    return true;
}

void Session::flush()
{
    if (m_state == SessionState::Closed || !m_transport->isWritable() || m_isPaused)
        return;
    bool ends = m_state == SessionState::Closing;
    if (PollingTransport *poller = ends ? polling() : nullptr) {
        // As the reference does, what is left goes out first, and the next poll is answered with a noop and
        // the end. Its client acts on an end before it acts on messages of the same payload. At a shutdown,
        // no other poll may come.
        ends = m_queue.empty() || m_closeReason == CloseReason::ServerShuttingDown;
        if (m_queue.empty())
            m_queue.push_back({nullptr, {PacketType::Noop, {}, false}, false});
        if (ends)
            poller->closeWithNextWrite();
    }
    if (!m_queue.empty())
        writeQueue();
    if (ends && m_queue.empty())
        finish(m_closeReason, {});
}

/// All of it, or up to what goes alone. A payload of long-polling is taken apart by the peer anyway.
void Session::writeQueue()
{
    auto end = m_queue.end();
    if (m_transport->name() == TransportName::WebSocket)
        end = std::find_if(m_queue.begin(), m_queue.end(), [](const Outgoing &item) { return item.alone; });
    if (end == m_queue.end()) {
        m_queueBytes = 0;
        m_transport->write(m_queue);
        return;
    }
    ++end;
    std::vector<Outgoing> leaving(std::make_move_iterator(m_queue.begin()), std::make_move_iterator(end));
    m_queue.erase(m_queue.begin(), end);
    for (const Outgoing &item : leaving)
        m_queueBytes -= item.size();
    m_isPaused = true;
    m_pause.start(m_host.options().alonePause);
    m_transport->write(leaving);
}

void Session::close(CloseReason reason, bool discard)
{
    if (discard || (reason == CloseReason::ServerShuttingDown && m_queue.empty())) {
        finish(reason, {});
        return;
    }
    dropCandidate();
    if (m_state == SessionState::Closing && reason == CloseReason::ServerShuttingDown)
        m_closeReason = reason; // does not wait for one poll more
    if (!changeState(SessionState::Closing))
        return;
    m_closeReason = reason;
    m_heartbeat.stop(); // a ping would count as unsent, and nobody listens for its pong any more
    m_closeDeadline = std::make_unique<Hubbub::Deadline>(m_host.deadlines(), [this] { runOutOfTime(); });
    m_closeDeadline->start(m_host.options().closeTimeout);
    // A poller that waits with nothing to get hears "1" alone.
    if (polling() && m_queue.empty() && m_transport->isWritable())
        finish(reason, {});
    else
        wantFlush();
}

/// A poller that does not come for the rest of it; a WebSocket's queue is its transport's by now.
void Session::runOutOfTime()
{
    if (!m_queue.empty())
        SharedCounters::add(m_host.counters().unsentCut);
    finish(m_closeReason, QStringLiteral("close timed out"));
}

void Session::packetReceived(Transport &transport, Packet packet)
{
    if (isCandidate(transport)) {
        probePacket(packet);
        return;
    }
    if (&transport == m_transport.get() && m_state == SessionState::Closing
        && packet.type == PacketType::Close)
        finish(m_closeReason, {}, TransportEnd::ByPeer);
    if (&transport != m_transport.get() || !takesPackets())
        return;
    if (packet.type != PacketType::Pong)
        m_heartbeat.otherPacketReceived();
    switch (packet.type) {
    case PacketType::Message:
        SharedCounters::add(m_host.counters().messagesIn);
        SharedCounters::add(m_host.counters().bytesIn, quint64(packet.data.size()));
        m_host.sessionMessage(*this, {std::move(packet.data), packet.binary});
        break;
    case PacketType::Pong:
        m_heartbeat.pongReceived();
        break;
    case PacketType::Ping:
        finish(CloseReason::TransportError, QStringLiteral("invalid heartbeat direction"));
        break;
    case PacketType::Close:
        finish(CloseReason::TransportClose, {}, TransportEnd::ByPeer);
        break;
    case PacketType::Open:
    case PacketType::Upgrade:
    case PacketType::Noop:
        break; // as in the reference, without meaning here and without harm
    }
}

void Session::packetInvalid(Transport &transport, const Hubbub::Error &error)
{
    if (isCandidate(transport))
        dropCandidate();
    else if (&transport == m_transport.get())
        finish(CloseReason::ParseError, error.message);
}

void Session::transportClosed(Transport &transport, CloseReason reason, const QString &description)
{
    if (isCandidate(transport))
        dropCandidate();
    else if (&transport == m_transport.get())
        finish(reason, description);
}

void Session::transportWritable(Transport &transport)
{
    if (&transport == m_transport.get() && (!m_queue.empty() || m_state == SessionState::Closing))
        wantFlush();
}

void Session::transportQueued(Transport &transport)
{
    if (&transport == m_transport.get())
        closeIfTooSlow();
    else if (isCandidate(transport) && transport.queuedBytes() > m_host.options().maxQueuedBytes)
        dropCandidate();
}

void Session::finish(CloseReason reason, const QString &description, TransportEnd how)
{
    dropCandidate();
    if (!changeState(SessionState::Closed))
        return;
    m_heartbeat.stop();
    m_closeDeadline.reset();
    m_queue.clear();
    m_queueBytes = 0;
    m_transport->end(how);
    m_host.retire(std::move(m_transport));
    SharedCounters::add(m_host.counters().sessionsClosed);
    m_host.sessionClosed(*this, reason, description);
}

} // namespace EngineIo
