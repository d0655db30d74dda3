// SPDX-License-Identifier: MIT
#include "libclient/protocol/msgpackdecoder.h"

#include "libclient/protocol/msgpack.h"

#include <cmath>

using namespace Qt::StringLiterals;

namespace SocketIo
{

namespace
{

constexpr qint64 maxAckId = 999'999'999'999'999; // 15 digits, as in text

tl::unexpected<Hubbub::Error> invalidPayload(QString cause)
{
    return Hubbub::failure(u"invalid-payload"_s, u"The peer sent a packet whose content cannot be read."_s,
                           std::move(cause));
}

Hubbub::Result<void> readEvent(QCborArray data, Packet &packet)
{
    if (data.isEmpty())
        return invalidPayload(u"the event has no name"_s);
    const QCborValue name = data.takeFirst();
    if (name.isString())
        packet.name = name.toString();
    else if (name.isInteger() || (name.isDouble() && std::isfinite(name.toDouble())))
        packet.name = QString::fromLatin1(Json::toJson(name));
    else
        return invalidPayload(u"the event has no name"_s);
    if (isReservedEvent(packet.name))
        return invalidPayload(u"the event name \"%1\" is reserved"_s.arg(packet.name));
    packet.arguments = Arguments(data);
    return {};
}

Hubbub::Result<void> readData(const QCborValue &data, Packet &packet)
{
    switch (packet.type) {
    case PacketType::Event:
    case PacketType::Ack:
        if (!data.isArray())
            return invalidPayload(u"not a list"_s);
        if (packet.type == PacketType::Event)
            return readEvent(data.toArray(), packet);
        packet.arguments = Arguments(data.toArray());
        return {};
    case PacketType::Disconnect:
        if (!data.isUndefined() && !data.isNull()) // null is how python-socketio says nothing
            return invalidPayload(u"a disconnect says nothing"_s);
        return {};
    case PacketType::Connect:
        if (!data.isUndefined() && !data.isMap())
            return invalidPayload(u"not an object"_s);
        break;
    case PacketType::ConnectError:
        if (!data.isString() && !data.isMap())
            return invalidPayload(u"neither text nor an object"_s);
        break;
    }
    packet.data = data;
    return {};
}

} // namespace

MsgpackDecoder::MsgpackDecoder(const DecoderLimits &limits)
    : m_limits(limits)
{
}

Hubbub::Result<std::optional<Packet>> MsgpackDecoder::add(const EngineIo::Message &message)
{
    if (m_failed)
        return tl::unexpected<Hubbub::Error>(*m_failed);
    auto packet = decode(message);
    if (packet)
        return *std::move(packet);
    m_failed = packet.error();
    return tl::unexpected<Hubbub::Error>(*m_failed);
}

Hubbub::Result<Packet> MsgpackDecoder::decode(const EngineIo::Message &message) const
{
    if (!message.binary)
        return Hubbub::failure(u"unexpected-text"_s, u"The peer sent text instead of MessagePack."_s);
    const auto value = MsgPack::read(message.data, m_limits.maxAttachmentBytes);
    if (!value && value.error().code == u"too-much-binary")
        return Hubbub::failure(u"attachments-too-large"_s,
                               u"The peer sent more binary data than is accepted."_s,
                               u"more than %1 bytes"_s.arg(m_limits.maxAttachmentBytes));
    if (!value)
        return invalidPayload(value.error().code + u' ' + value.error().cause);
    if (!value->isMap())
        return invalidPayload(u"not an object"_s);
    const QCborMap map = value->toMap(); // other members are the peer's own business

    Packet packet;
    const QCborValue type = map[u"type"_s];
    if (!type.isInteger() || type.toInteger() < 0 || type.toInteger() > qint64(PacketType::ConnectError))
        return Hubbub::failure(u"unknown-packet-type"_s, u"The peer sent a packet of an unknown type."_s);
    packet.type = PacketType(type.toInteger());

    const QCborValue nsp = map[u"nsp"_s];
    if (!nsp.isString())
        return Hubbub::failure(u"invalid-namespace"_s, u"The peer named no namespace."_s);
    packet.nsp = nsp.toString();
    if (packet.nsp.toUtf8().size() > m_limits.maxNamespaceLength)
        return Hubbub::failure(u"invalid-namespace"_s, u"The peer named a namespace that is too long."_s);

    const QCborValue id = map[u"id"_s];
    const bool hasId = !id.isUndefined();
    if (hasId && (!id.isInteger() || id.toInteger() < 0 || id.toInteger() > maxAckId))
        return Hubbub::failure(u"invalid-ack-id"_s,
                               u"The peer sent an acknowledgement id that cannot be used."_s);
    // An ack may come without, as in JSON: python-socketio leaves out the id 0.
    if (hasId && (packet.type == PacketType::Event || packet.type == PacketType::Ack))
        packet.id = quint64(id.toInteger());

    if (auto read = readData(map[u"data"_s], packet); !read)
        return tl::unexpected<Hubbub::Error>(std::move(read.error()));
    return packet;
}

} // namespace SocketIo
