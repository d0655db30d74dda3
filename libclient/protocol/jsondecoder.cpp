// SPDX-License-Identifier: MIT
#include "libclient/protocol/jsondecoder.h"

#include "libclient/protocol/eventnames.h"
#include "libclient/protocol/jsonplaceholder.h"

#include <algorithm>
#include <charconv>
#include <cmath>

using namespace Qt::StringLiterals;

namespace SocketIo
{

namespace
{

constexpr qsizetype maxNumberDigits = 15; // as long as the ids that JavaScript counts exactly
constexpr int binaryEvent = 5;
constexpr int binaryAck = 6;

tl::unexpected<Hubbub::Error> invalidPayload(QString cause)
{
    return Hubbub::failure(u"invalid-payload"_s, u"The peer sent a packet whose content cannot be read."_s,
                           std::move(cause));
}

tl::unexpected<Hubbub::Error> illegalAttachments(QString cause)
{
    return Hubbub::failure(u"illegal-attachments"_s,
                           u"The peer sent a binary packet that cannot be put together."_s, std::move(cause));
}

/// Up to one digit more than allowed, so that a megabyte of them costs nothing.
qsizetype countDigits(QByteArrayView text)
{
    qsizetype count = 0;
    while (count < text.size() && count <= maxNumberDigits && text[count] >= '0' && text[count] <= '9')
        ++count;
    return count;
}

quint64 toNumber(QByteArrayView digits)
{
    quint64 number = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return number;
}

/// Whether text is what its bytes are: short, ASCII, and with nothing escaped.
bool isPlain(QByteArrayView text)
{
    constexpr qsizetype longest = 64;
    return !text.isEmpty() && text.size() <= longest && std::none_of(text.begin(), text.end(), [](char byte) {
        return byte == '\\' || uchar(byte) >= 0x80;
    });
}

/// The event's name: its first element, text or a number.
Hubbub::Result<QString> eventName(QByteArrayView json)
{
    if (json.startsWith('"') && isPlain(json.sliced(1).chopped(1))) {
        thread_local EventNames names;
        const EventNames::Name &name = names.of(json.sliced(1).chopped(1));
        if (!name.reserved)
            return name.text;
    }
    const auto value = Json::parse(json);
    if (value && value->isString()) {
        QString name = value->toString();
        if (isReservedEvent(name))
            return invalidPayload(u"the event name \"%1\" is reserved"_s.arg(name));
        return name;
    }
    if (value && (value->isInteger() || (value->isDouble() && std::isfinite(value->toDouble()))))
        return QString::fromLatin1(Json::toJson(*value));
    return invalidPayload(u"the event has no name"_s);
}

} // namespace

/// What stands before the payload.
struct JsonDecoder::Header {
    int type = 0; ///< as on the wire, 0 to 6
    qsizetype attachments = 0;
    qsizetype payload = 0; ///< where it starts

    bool isEvent() const { return type == int(PacketType::Event) || type == binaryEvent; }
    bool isAck() const { return type == int(PacketType::Ack) || type == binaryAck; }
    PacketType packetType() const
    {
        return isEvent() ? PacketType::Event : isAck() ? PacketType::Ack : PacketType(type);
    }
};

namespace
{

/// The arguments of an event or ack.
template <typename Header>
Hubbub::Result<void> readList(const QByteArray &text, const Header &header, Packet &packet)
{
    auto list = Arguments::read(text, header.payload, packet.arguments);
    if (!list)
        return invalidPayload(list.error().code + u' ' + list.error().cause);
    if (!header.isEvent())
        return {};
    auto name = eventName(packet.arguments.takeFirstJson());
    if (!name)
        return tl::unexpected<Hubbub::Error>(std::move(name.error()));
    packet.name = *std::move(name);
    return {};
}

/// What a packet that is neither event nor ack carries.
Hubbub::Result<void> readData(QByteArrayView json, Packet &packet)
{
    if (json.isEmpty() && packet.type != PacketType::ConnectError)
        return {};
    if (packet.type == PacketType::Disconnect)
        return invalidPayload(u"a disconnect says nothing"_s);
    auto value = Json::parse(json);
    if (!value)
        return invalidPayload(value.error().code + u' ' + value.error().cause);
    if (!value->isMap() && !(packet.type == PacketType::ConnectError && value->isString()))
        return invalidPayload(u"not an object"_s);
    packet.data = *std::move(value);
    return {};
}

} // namespace

JsonDecoder::JsonDecoder(const DecoderLimits &limits)
    : m_limits(limits)
{
}

void JsonDecoder::enter(State next)
{
    m_state = next;
    if (next == State::AwaitingAttachments)
        return;
    m_packet = {};
    m_text.clear();
    m_attachments.clear();
    m_attachmentCount = 0;
    m_attachmentBytes = 0;
}

void JsonDecoder::reset()
{
    m_error = {};
    enter(State::Idle);
}

Hubbub::Result<std::optional<Packet>> JsonDecoder::add(const EngineIo::Message &message)
{
    if (m_state == State::Failed)
        return tl::unexpected<Hubbub::Error>(m_error);
    auto result = message.binary ? addBinary(message.data) : addText(message.data);
    if (!result) {
        m_error = result.error();
        enter(State::Failed);
    }
    return result;
}

Hubbub::Result<std::optional<Packet>> JsonDecoder::addText(const QByteArray &text)
{
    if (m_state == State::AwaitingAttachments)
        return Hubbub::failure(u"unexpected-text"_s,
                               u"The peer sent text in the middle of a binary packet."_s);
    // Filled where it is returned from: moving what was just written makes processors wait.
    Hubbub::Result<std::optional<Packet>> result(tl::in_place, std::in_place);
    Packet &packet = **result;
    Header header;
    auto valid = readHeader(text, header, packet);
    if (valid)
        valid = header.isEvent() || header.isAck()
                    ? readList(text, header, packet)
                    : readData(QByteArrayView(text).sliced(header.payload), packet);
    if (!valid) {
        result = tl::unexpected<Hubbub::Error>(std::move(valid.error()));
    } else if (header.attachments > 0) {
        m_packet = std::move(packet);
        m_text = text;
        m_payload = header.payload;
        m_attachmentCount = header.attachments;
        enter(State::AwaitingAttachments);
        *result = std::nullopt;
    }
    return result;
}

Hubbub::Result<std::optional<Packet>> JsonDecoder::addBinary(const QByteArray &bytes)
{
    if (m_state != State::AwaitingAttachments)
        return Hubbub::failure(u"unexpected-binary"_s, u"The peer sent binary data without its packet."_s);
    m_attachmentBytes += bytes.size();
    if (m_attachmentBytes > m_limits.maxAttachmentBytes)
        return Hubbub::failure(u"attachments-too-large"_s,
                               u"The peer sent more binary data than is accepted."_s,
                               u"more than %1 bytes"_s.arg(m_limits.maxAttachmentBytes));
    m_attachments.append(bytes);
    if (m_attachments.size() < m_attachmentCount)
        return std::nullopt;
    if (!Json::checkPlaceholders(QByteArrayView(m_text).sliced(m_payload), m_attachmentCount).valid)
        return illegalAttachments(u"a placeholder names no attachment, or one that was named before"_s);
    return complete();
}

Hubbub::Result<std::optional<Packet>> JsonDecoder::complete()
{
    m_packet.arguments.setAttachments(std::move(m_attachments));
    Packet packet = std::move(m_packet);
    enter(State::Idle);
    return packet;
}

Hubbub::Result<void> JsonDecoder::readHeader(const QByteArray &text, Header &header, Packet &packet) const
{
    const QByteArrayView all(text);
    if (all.isEmpty() || all.front() < '0' || all.front() > '6')
        return Hubbub::failure(u"unknown-packet-type"_s, u"The peer sent a packet of an unknown type."_s);
    header.type = all.front() - '0';
    packet.type = header.packetType();
    qsizetype at = 1;

    if (header.type == binaryEvent || header.type == binaryAck) {
        const qsizetype digits = countDigits(all.sliced(at));
        const quint64 count = toNumber(all.sliced(at, digits));
        if (digits > maxNumberDigits || count > quint64(m_limits.maxAttachments))
            return Hubbub::failure(u"too-many-attachments"_s,
                                   u"The peer sent too many attachments in one packet."_s,
                                   u"more than %1"_s.arg(m_limits.maxAttachments));
        at += digits;
        if (count == 0 || at == all.size() || all[at] != '-')
            return illegalAttachments(u"no count of attachments"_s);
        ++at;
        header.attachments = qsizetype(count);
    }

    if (at < all.size() && all[at] == '/') {
        const QByteArrayView window =
            all.sliced(at, std::min<qsizetype>(all.size() - at, m_limits.maxNamespaceLength + 1));
        const qsizetype comma = window.indexOf(',');
        const qsizetype length = comma < 0 ? window.size() : comma;
        if (length > m_limits.maxNamespaceLength)
            return Hubbub::failure(u"invalid-namespace"_s, u"The peer named a namespace that is too long."_s);
        const QByteArrayView name = window.first(length);
        if (!name.isValidUtf8())
            return Hubbub::failure(u"invalid-namespace"_s, u"The peer named a namespace that is not text."_s);
        packet.nsp = QString::fromUtf8(name);
        at += length + (comma < 0 ? 0 : 1);
    }

    if (const qsizetype digits = countDigits(all.sliced(at)); digits > 0) {
        if (digits > maxNumberDigits || (!header.isEvent() && !header.isAck()))
            return Hubbub::failure(u"invalid-ack-id"_s,
                                   u"The peer sent an acknowledgement id that cannot be used."_s);
        packet.id = toNumber(all.sliced(at, digits));
        at += digits;
    }
    header.payload = at;
    return {};
}

} // namespace SocketIo
