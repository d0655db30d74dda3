// SPDX-License-Identifier: MIT
#include "server-lite/transport/sharedframes.h"

#include "server-lite/transport/websocketframe.h"

namespace EngineIo
{

namespace
{
constexpr qsizetype largestFrameHeader = 10;
}

std::shared_ptr<const SharedFrames> SharedFrames::fromMessages(std::vector<Message> messages)
{
    return std::shared_ptr<const SharedFrames>(new SharedFrames(std::move(messages)));
}

SharedFrames::SharedFrames(std::vector<Message> messages)
    : m_messages(std::move(messages))
{
    qsizetype size = 0;
    for (const Message &message : m_messages)
        size += message.data.size() + largestFrameHeader + 1;
    m_webSocketBytes.reserve(size);
    for (const Message &message : m_messages)
        appendWebSocketFrame(m_webSocketBytes, {PacketType::Message, message.data, message.binary});
}

} // namespace EngineIo
