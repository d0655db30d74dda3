// SPDX-License-Identifier: MIT
#include "libclient/protocol/jsondecoder.h"
#include "libclient/protocol/jsontext.h"
#include "libclient/protocol/parser.h"

namespace SocketIo
{

namespace
{

void writeArguments(const Packet &packet, Json::Output &text, QList<QByteArray> &attachments)
{
    text += '[';
    if (packet.type == PacketType::Event) {
        Json::writeText(packet.name, text);
        if (!packet.arguments.isEmpty())
            text += ',';
    }
    attachments = packet.arguments.writeJson(text);
    text += ']';
}

/// The first message of the packet, as if it had no attachments; these are put into the list.
void writePacket(const Packet &packet, Json::Output &text, QList<QByteArray> &attachments)
{
    text += char('0' + int(packet.type));
    if (packet.nsp != u"/") {
        text += packet.nsp.toUtf8();
        text += ',';
    }
    const bool hasArguments = packet.type == PacketType::Event || packet.type == PacketType::Ack;
    if (packet.id && hasArguments)
        Json::writeInteger(qint64(*packet.id), text);
    if (hasArguments)
        writeArguments(packet, text, attachments);
    else if (packet.type != PacketType::Disconnect && !packet.data.isUndefined())
        Json::writeValue(packet.data, text);
}

class JsonParser : public Parser
{
public:
    EncodedPacket encode(const Packet &packet) const override
    {
        constexpr qsizetype around = 32; // type, id, brackets and commas
        QByteArray text;
        QList<QByteArray> attachments;
        {
            Json::Output output(text, around + packet.nsp.size() + packet.name.size()
                                          + packet.arguments.sizeHint());
            writePacket(packet, output, attachments);
        }
        if (!attachments.isEmpty()) {
            text[0] = packet.type == PacketType::Event ? '5' : '6';
            text.insert(1, QByteArray::number(attachments.size()) + '-');
        }
        EncodedPacket messages;
        messages.reserve(attachments.size() + 1);
        messages.push_back({std::move(text), false});
        for (const QByteArray &attachment : std::as_const(attachments))
            messages.push_back({attachment, true});
        return messages;
    }

    std::unique_ptr<Decoder> createDecoder(const DecoderLimits &limits) const override
    {
        return std::make_unique<JsonDecoder>(limits);
    }
};

} // namespace

std::shared_ptr<const Parser> jsonParser()
{
    static const auto parser = std::make_shared<const JsonParser>();
    return parser;
}

} // namespace SocketIo
