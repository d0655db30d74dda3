// SPDX-License-Identifier: MIT
#include "server-lite/transport/sharedframes.h"

#include "libclient/protocol/websocketdecoder.h"
#include "server-lite/transport/websocketframe.h"

namespace EngineIo
{

namespace
{
constexpr quint8 binaryOpcode = 2;
} // namespace

std::shared_ptr<const SharedFrames> SharedFrames::fromMessages(const Messages &messages)
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
    frames->m_count = quint64(messages.size());
    return frames;
}

std::vector<Message> SharedFrames::messages() const
{
    std::vector<Message> found;
    found.reserve(m_count);
    for (QByteArrayView rest = m_webSocketBytes; !rest.isEmpty();) {
        const auto header = Hubbub::readWebSocketFrameHeader(rest);
        const QByteArrayView payload = rest.sliced(header.size, qsizetype(header.length));
        const bool binary = header.opcode == binaryOpcode;
        found.push_back({payload.sliced(binary ? 0 : 1).toByteArray(), binary}); // text begins with its type
        rest = rest.sliced(header.size + payload.size());
    }
    return found;
}

std::shared_ptr<const SharedFrames>
SharedFrames::joined(std::span<const std::shared_ptr<const SharedFrames>> parts)
{
    auto frames = std::make_shared<SharedFrames>(Private{});
    qsizetype size = 0;
    for (const auto &part : parts) {
        size += part->m_webSocketBytes.size();
        frames->m_count += part->m_count;
        frames->m_payloadBytes += part->m_payloadBytes;
    }
    frames->m_webSocketBytes.reserve(size);
    for (const auto &part : parts)
        frames->m_webSocketBytes += part->m_webSocketBytes;
    return frames;
}

} // namespace EngineIo
