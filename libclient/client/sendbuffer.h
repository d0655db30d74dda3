// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/client/manageroptions.h"
#include "libclient/protocol/arguments.h"
#include "libclient/protocol/error.h"
#include "libclient/protocol/parser.h"

#include <deque>
#include <memory>
#include <optional>

namespace SocketIo
{

/// An event ready to go: encoded once, when it was emitted.
struct OutgoingEvent {
    EncodedPacket messages;
    QString name;
    Arguments arguments; ///< none if nobody looked at what goes out when it was emitted
    std::optional<quint64> ackId;

    qint64 size() const; ///< bytes of all its messages
};

/// What was emitted while offline, in order and within bounds. Thread: that of its Socket.
class SendBuffer
{
public:
    SendBuffer(BufferPolicy policy, int maxPackets, qint64 maxBytes)
        : m_policy(policy)
        , m_maxPackets(maxPackets)
        , m_maxBytes(maxBytes)
    {
    }

    /// Gives what had to make room. Errors: "buffer-full", "offline"; nothing is kept then.
    Hubbub::Result<std::vector<OutgoingEvent>> push(OutgoingEvent &&event);
    OutgoingEvent takeFirst();
    bool removeByAckId(quint64 ackId);

    bool isEmpty() const { return !m_events; }
    qsizetype count() const { return m_events ? qsizetype(m_events->size()) : 0; }
    qint64 bytes() const { return m_bytes; }

private:
    void dropIfEmpty();
    bool fits(qint64 size) const { return count() < m_maxPackets && m_bytes + size <= m_maxBytes; }

    std::unique_ptr<std::deque<OutgoingEvent>> m_events; ///< while there are any: an empty deque takes memory
    BufferPolicy m_policy;
    int m_maxPackets;
    qint64 m_maxBytes;
    qint64 m_bytes = 0;
};

} // namespace SocketIo
