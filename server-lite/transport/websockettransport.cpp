// SPDX-License-Identifier: MIT
#include "server-lite/transport/websockettransport.h"

#include "server-lite/transport/closeframe.h"

namespace EngineIo
{

void WebSocketTransport::end(TransportEnd how)
{
    m_listener = nullptr;
    setReading(true); // or the end of the connection would not be seen
    if (isOver())
        return;
    if (how == TransportEnd::Cut) {
        cut();
        return;
    }
    sayClose();
    hurryClose(m_options.closeTimeout);
}

void WebSocketTransport::hurryClose(std::chrono::milliseconds most)
{
    if (!m_closeDeadline)
        m_closeDeadline = std::make_unique<Hubbub::Deadline>(m_deadlines, [this] { runOutOfTime(); });
    const auto due = Hubbub::Deadline::Clock::now() + most;
    if (!m_closeDeadline->isActive() || due < m_closeDeadline->due())
        m_closeDeadline->startAt(due);
}

void WebSocketTransport::runOutOfTime()
{
    if (queuedBytes() > 0)
        SharedCounters::add(m_counters.unsentCut);
    cut();
}

void WebSocketTransport::textReceived(QByteArrayView text)
{
    if (!m_listener)
        return;
    auto packet = decodePacket(text);
    if (packet)
        m_listener->packetReceived(*this, std::move(*packet));
    else
        m_listener->packetInvalid(*this, packet.error());
}

void WebSocketTransport::binaryReceived(QByteArray data)
{
    if (m_listener)
        m_listener->packetReceived(*this, {PacketType::Message, std::move(data), true});
}

void WebSocketTransport::answered()
{
    if (m_listener && queuedBytes() > 0)
        m_listener->transportQueued(*this);
}

void WebSocketTransport::ended(quint16 closeCode, const QString &reason)
{
    ended(saysBrokenRules(closeCode) ? CloseReason::TransportError : CloseReason::TransportClose, reason);
}

void WebSocketTransport::ended(CloseReason why, const QString &reason)
{
    if (m_listener)
        m_listener->transportClosed(*this, why, reason);
}

} // namespace EngineIo
