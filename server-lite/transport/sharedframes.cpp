// SPDX-License-Identifier: MIT
#include "server-lite/transport/sharedframes.h"

#include "server-lite/transport/websocketframe.h"

namespace EngineIo
{

std::shared_ptr<const SharedFrames> SharedFrames::fromMessages(std::vector<Message> messages)
{
    auto frames = std::make_shared<SharedFrames>(Private{});
    qsizetype size = 0;
    for (const Message &message : messages) {
        size += message.data.size() + largestFrameHeader + 1;
        frames->m_payloadBytes += quint64(message.data.size());
    }
    frames->m_webSocketBytes.reserve(size);
    for (const Message &message : messages)
        appendWebSocketFrame(frames->m_webSocketBytes, {PacketType::Message, message.data, message.binary});
    frames->m_messages = std::move(messages);
    return frames;
}

std::shared_ptr<const SharedFrames>
SharedFrames::joined(std::span<const std::shared_ptr<const SharedFrames>> parts)
{
    auto frames = std::make_shared<SharedFrames>(Private{});
    qsizetype size = 0;
    std::size_t count = 0;
    for (const auto &part : parts) {
        size += part->m_webSocketBytes.size();
        count += part->m_messages.size();
        frames->m_payloadBytes += part->m_payloadBytes;
    }
    frames->m_webSocketBytes.reserve(size);
    frames->m_messages.reserve(count);
    for (const auto &part : parts) {
        frames->m_webSocketBytes += part->m_webSocketBytes;
        frames->m_messages.insert(frames->m_messages.end(), part->m_messages.begin(), part->m_messages.end());
    }
    return frames;
}

} // namespace EngineIo
