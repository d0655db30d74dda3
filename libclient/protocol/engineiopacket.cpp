// SPDX-License-Identifier: MIT
#include "libclient/protocol/engineiopacket.h"

using namespace Qt::StringLiterals;

namespace EngineIo
{

namespace
{

constexpr char base64Mark = 'b';

void append(const Packet &packet, QByteArray &out)
{
    if (packet.binary) {
        out += base64Mark;
        out += packet.data.toBase64();
    } else {
        out += char('0' + int(packet.type));
        out += packet.data;
    }
}

} // namespace

QByteArray encodePacket(const Packet &packet)
{
    if (packet.binary)
        return packet.data;
    QByteArray out;
    out.reserve(packet.data.size() + 1);
    append(packet, out);
    return out;
}

Hubbub::Result<Packet> decodePacket(QByteArrayView text, TextCheck check)
{
    if (text.isEmpty())
        return Hubbub::failure(u"empty-packet"_s, u"The peer sent an empty packet."_s);
    const char type = text.front();
    const QByteArrayView data = text.sliced(1);
    if (type == base64Mark) {
        auto decoded =
            QByteArray::fromBase64Encoding(data.toByteArray(), QByteArray::AbortOnBase64DecodingErrors);
        if (!decoded)
            return Hubbub::failure(u"invalid-base64"_s, u"The peer sent binary data that cannot be read."_s);
        return Packet{PacketType::Message, std::move(decoded.decoded), true};
    }
    if (type < '0' || type > '6')
        return Hubbub::failure(u"unknown-packet-type"_s, u"The peer sent a packet of an unknown type."_s,
                               u"first byte 0x%1"_s.arg(uchar(type), 2, 16, QLatin1Char('0')));
    if (check == TextCheck::Needed && !data.isValidUtf8())
        return Hubbub::failure(u"invalid-utf8"_s, u"The peer sent text that is not UTF-8."_s);
    return Packet{PacketType(type - '0'), data.toByteArray(), false};
}

QByteArray encodePayload(const std::vector<Packet> &packets)
{
    qsizetype size = 0;
    for (const Packet &packet : packets)
        size += 1 + recordSize(packet.data.size(), packet.binary);
    QByteArray out;
    out.reserve(size);
    for (std::size_t i = 0; i < packets.size(); ++i) {
        if (i > 0)
            out += recordSeparator;
        append(packets[i], out);
    }
    return out;
}

DecodedPayload decodePayload(QByteArrayView body)
{
    DecodedPayload result;
    qsizetype start = 0;
    while (start <= body.size()) {
        if (result.packets.size() == std::size_t(maxPacketsPerPayload)) {
            result.error = Hubbub::Error{u"too-many-packets"_s, u"The peer sent too many packets at once."_s,
                                         u"more than %1 in one body"_s.arg(maxPacketsPerPayload)};
            break;
        }
        qsizetype end = body.indexOf(recordSeparator, start);
        if (end < 0)
            end = body.size();
        auto packet = decodePacket(body.sliced(start, end - start));
        if (!packet) {
            result.error = std::move(packet.error());
            break;
        }
        result.packets.push_back(*std::move(packet));
        start = end + 1;
    }
    return result;
}

} // namespace EngineIo
