// SPDX-License-Identifier: MIT
#include "libclient/client/sendbuffer.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace SocketIo
{

qint64 OutgoingEvent::size() const
{
    qint64 sum = 0;
    for (const EngineIo::Message &message : messages)
        sum += message.data.size();
    return sum;
}

Hubbub::Result<std::vector<OutgoingEvent>> SendBuffer::push(OutgoingEvent &&event)
{
    if (m_policy == BufferPolicy::Off)
        return Hubbub::failure(u"offline"_s, u"There is no connection, so this was not sent."_s);
    const qint64 size = event.size();
    std::vector<OutgoingEvent> dropped;
    const bool ever = size <= m_maxBytes && m_maxPackets > 0;
    if (m_policy == BufferPolicy::DropOldest && ever) {
        while (!fits(size))
            dropped.push_back(takeFirst());
    }
    if (!fits(size))
        return Hubbub::failure(u"buffer-full"_s, u"Too much is waiting to be sent; this was not kept."_s,
                               u"%1 events, %2 bytes"_s.arg(count()).arg(m_bytes));
    m_bytes += size;
    if (!m_events)
        m_events = std::make_unique<std::deque<OutgoingEvent>>();
    m_events->push_back(std::move(event));
    return dropped;
}

OutgoingEvent SendBuffer::takeFirst()
{
    OutgoingEvent event = std::move(m_events->front());
    m_events->pop_front();
    m_bytes -= event.size();
    dropIfEmpty();
    return event;
}

bool SendBuffer::removeByAckId(quint64 ackId)
{
    if (!m_events)
        return false;
    const auto it = std::ranges::find(*m_events, ackId, &OutgoingEvent::ackId);
    if (it == m_events->end())
        return false;
    m_bytes -= it->size();
    m_events->erase(it);
    dropIfEmpty();
    return true;
}

void SendBuffer::dropIfEmpty()
{
    if (m_events->empty())
        m_events.reset();
}

} // namespace SocketIo
