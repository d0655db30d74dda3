// SPDX-License-Identifier: MIT
#include "libclient/protocol/msgpack.h"
#include "libclient/protocol/msgpackdecoder.h"

using namespace Qt::StringLiterals;

namespace SocketIo
{

namespace
{

class MsgpackParser : public Parser
{
public:
    EncodedPacket encode(const Packet &packet) const override
    {
        QCborMap map{{u"type"_s, int(packet.type)}};
        if (packet.type == PacketType::Event || packet.type == PacketType::Ack) {
            QCborArray data = packet.arguments.toArray();
            if (packet.type == PacketType::Event)
                data.prepend(packet.name);
            map.insert(u"data"_s, data);
            if (packet.id)
                map.insert(u"id"_s, qint64(*packet.id));
        } else if (packet.type != PacketType::Disconnect && !packet.data.isUndefined()) {
            map.insert(u"data"_s, packet.data);
        }
        map.insert(u"nsp"_s, packet.nsp);
        EngineIo::Message message{{}, true};
        MsgPack::write(map, message.data);
        return {std::move(message)};
    }

    std::unique_ptr<Decoder> createDecoder(const DecoderLimits &limits) const override
    {
        return std::make_unique<MsgpackDecoder>(limits);
    }

    quint64 firstAckId() const override { return 1; } // python-socketio leaves the id 0 out of its answer
};

} // namespace

std::shared_ptr<const Parser> msgpackParser()
{
    static const auto parser = std::make_shared<const MsgpackParser>();
    return parser;
}

} // namespace SocketIo
