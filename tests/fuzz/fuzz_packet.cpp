// SPDX-License-Identifier: MIT
// Any messages in a row for the Socket.IO decoder. The first byte of each says text or binary, the second its
// length. What it accepts can be encoded and decodes to the same again.
#include "libclient/protocol/parser.h"

using namespace SocketIo;

namespace
{

std::optional<Packet> decodeAll(const EncodedPacket &messages)
{
    const auto decoder = jsonParser()->createDecoder();
    std::optional<Packet> packet;
    for (const EngineIo::Message &message : messages) {
        auto added = decoder->add(message);
        if (!added || packet)
            qFatal("an encoded packet does not decode");
        packet = *std::move(added);
    }
    return packet;
}

void checkRoundTrip(const Packet &packet)
{
    const EncodedPacket messages = jsonParser()->encode(packet);
    const auto again = decodeAll(messages);
    if (!again || again->type != packet.type || again->nsp != packet.nsp || again->id != packet.id)
        qFatal("an encoded packet decodes to another");
    if (again->name != packet.name || again->arguments.size() != packet.arguments.size())
        qFatal("an encoded event decodes to another");
    if (jsonParser()->encode(*again) != messages)
        qFatal("a decoded packet encodes to another");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const quint8 *data, std::size_t size)
{
    const auto decoder = jsonParser()->createDecoder({.maxAttachmentBytes = 64});
    QByteArrayView left(data, qsizetype(size));
    while (left.size() >= 2) {
        const bool binary = left[0] & 1;
        const qsizetype length = std::min<qsizetype>(uchar(left[1]), left.size() - 2);
        const auto added = decoder->add({left.sliced(2, length).toByteArray(), binary});
        left = left.sliced(2 + length);
        if (!added)
            decoder->reset();
        else if (*added)
            checkRoundTrip(**added);
    }
    return 0;
}
