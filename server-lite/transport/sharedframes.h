// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/engineiopacket.h"

#include <memory>
#include <vector>

namespace EngineIo
{

/// Messages encoded once for every session that gets them: the Engine.IO messages of one Socket.IO packet,
/// which no other message may come between. Thread: made on any thread, immutable and shared between all of
/// them afterwards.
class SharedFrames
{
public:
    static std::shared_ptr<const SharedFrames> fromMessages(std::vector<Message> messages);

    const std::vector<Message> &messages() const { return m_messages; }

    /// The messages as unmasked WebSocket frames (RFC 6455), one after the other.
    const QByteArray &webSocketBytes() const { return m_webSocketBytes; }

private:
    explicit SharedFrames(std::vector<Message> messages);

    std::vector<Message> m_messages;
    QByteArray m_webSocketBytes;
};

using FramesPtr = std::shared_ptr<const SharedFrames>;

} // namespace EngineIo
