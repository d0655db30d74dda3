// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/engineiopacket.h"

#include <memory>
#include <span>
#include <vector>

namespace EngineIo
{

/// Messages encoded once for every session that gets them: the Engine.IO messages of one Socket.IO packet,
/// which no other message may come between. Thread: made on any thread, immutable and shared between all of
/// them afterwards.
class SharedFrames
{
public:
    static std::shared_ptr<const SharedFrames> fromMessages(const Messages &messages);
    /// All of these, one after the other.
    static std::shared_ptr<const SharedFrames>
    joined(std::span<const std::shared_ptr<const SharedFrames>> parts);

    /// The messages as unmasked WebSocket frames (RFC 6455), one after the other.
    const QByteArray &webSocketBytes() const { return m_webSocketBytes; }

    quint64 count() const { return m_count; } ///< of messages
    /// Read out of the frames, for long-polling.
    std::vector<Message> messages() const;

    quint64 payloadBytes() const { return m_payloadBytes; } ///< of all messages, without framing

private:
    struct Private {
    };

public:
    explicit SharedFrames(Private) { } ///< by the functions above alone

private:
    QByteArray m_webSocketBytes;
    quint64 m_count = 0;
    quint64 m_payloadBytes = 0;
};

using FramesPtr = std::shared_ptr<const SharedFrames>;

} // namespace EngineIo
