// SPDX-License-Identifier: MIT
#include "libclient/protocol/websocketdecoder.h"

#include <QtCore/QtEndian>

#include <algorithm>
#include <cstring>
#include <limits>
#include <utility>

namespace Hubbub
{

namespace
{

constexpr quint8 opContinuation = 0;
constexpr quint8 opText = 1;
constexpr quint8 opBinary = 2;
constexpr quint8 opClose = 8;
constexpr quint8 opPong = 10;
constexpr quint64 longestControl = 125;

constexpr quint16 protocolError = 1002;
constexpr quint16 invalidPayload = 1007;
constexpr quint16 policyViolated = 1008;
constexpr quint16 tooBig = 1009;

constexpr bool isControl(quint8 opcode)
{
    return opcode >= opClose;
}

} // namespace

WebSocketFrameHeader readWebSocketFrameHeader(QByteArrayView bytes)
{
    WebSocketFrameHeader header;
    if (bytes.size() < 2)
        return header;
    const auto first = quint8(bytes[0]);
    const auto second = quint8(bytes[1]);
    header.final = first & 0x80;
    header.reserved = (first >> 4) & 7;
    header.opcode = first & 0x0F;
    header.masked = second & 0x80;
    header.length = second & 0x7F;
    qsizetype size = 2;
    if (header.length == 126) {
        if (bytes.size() < 4)
            return header;
        header.length = qFromBigEndian<quint16>(bytes.data() + 2);
        header.shortestLength = header.length >= 126;
        size = 4;
    } else if (header.length == 127) {
        if (bytes.size() < 10)
            return header;
        header.length = qFromBigEndian<quint64>(bytes.data() + 2);
        header.shortestLength = header.length > std::numeric_limits<quint16>::max();
        size = 10;
    }
    if (header.masked) {
        if (bytes.size() < size + 4)
            return header;
        std::memcpy(header.mask.data(), bytes.data() + size, 4);
        size += 4;
    }
    header.size = size;
    return header;
}

void applyWebSocketMask(std::span<char> payload, std::array<char, 4> mask)
{
    quint32 half = 0;
    std::memcpy(&half, mask.data(), sizeof half);
    const quint64 key = quint64(half) << 32 | half;
    char *at = payload.data();
    char *const end = at + payload.size();
    for (; end - at >= qsizetype(sizeof key); at += sizeof key) {
        quint64 word = 0;
        std::memcpy(&word, at, sizeof word);
        word ^= key;
        std::memcpy(at, &word, sizeof word);
    }
    for (std::size_t i = 0; at != end; ++at, ++i)
        *at = char(*at ^ mask[i & 3]);
}

void WebSocketDecoder::feed(std::span<char> bytes)
{
    if (m_state == State::Failed)
        return;
    if (m_kept.isEmpty()) {
        m_rest = bytes;
        return;
    }
    m_kept.append(bytes.data(), qsizetype(bytes.size()));
    m_rest = {m_kept.data(), std::size_t(m_kept.size())};
}

WebSocketItem WebSocketDecoder::next()
{
    for (;;) {
        const WebSocketFrameHeader header =
            readWebSocketFrameHeader(QByteArrayView(m_rest.data(), qsizetype(m_rest.size())));
        if (header.size == 0) {
            keepRest();
            return {};
        }
        if (const char *fault = faultOf(header))
            return fail(protocolError, fault);
        const bool control = isControl(header.opcode);
        const qint64 before = m_state == State::Between ? 0 : m_message.size();
        if (!control && header.length > quint64(std::max<qint64>(0, m_maxMessageBytes - before)))
            return fail(tooBig, "the message is too long");
        if (m_rest.size() - std::size_t(header.size) < header.length) {
            keepRest();
            return {};
        }
        const auto frame = m_rest.first(std::size_t(header.size) + std::size_t(header.length));
        m_rest = m_rest.subspan(frame.size());
        if (control)
            return {WebSocketItem::Kind::Control, QByteArrayView(frame.data(), qsizetype(frame.size()))};
        const auto payload = frame.subspan(std::size_t(header.size));
        if (header.masked)
            applyWebSocketMask(payload, header.mask);
        const QByteArrayView bytes(payload.data(), qsizetype(payload.size()));
        if (m_state == State::Between && header.final)
            return message(header.opcode == opText, bytes);
        const bool whole = takeFragment(header, bytes);
        if (m_fragments > maxFragments)
            return fail(policyViolated, "too many fragments");
        if (whole)
            return message(std::exchange(m_state, State::Between) == State::InText, m_message);
    }
}

const char *WebSocketDecoder::faultOf(const WebSocketFrameHeader &header) const
{
    if (header.reserved != 0)
        return "a reserved bit is set";
    if ((header.opcode > opBinary && header.opcode < opClose) || header.opcode > opPong)
        return "the opcode is reserved";
    if (header.masked != (m_peer == Peer::Client))
        return header.masked ? "a server's frame is masked" : "a client's frame is not masked";
    if (!header.shortestLength || header.length > quint64(std::numeric_limits<qint64>::max()))
        return "the length is not written as it has to be";
    if (isControl(header.opcode)) {
        if (!header.final || header.length > longestControl)
            return "a control frame is fragmented or too long";
        return nullptr;
    }
    if ((header.opcode == opContinuation) != (m_state != State::Between))
        return header.opcode == opContinuation ? "a continuation continues nothing"
                                               : "a message begins inside another";
    return nullptr;
}

/// True when the message is complete.
bool WebSocketDecoder::takeFragment(const WebSocketFrameHeader &header, QByteArrayView payload)
{
    if (m_state == State::Between) {
        m_message.clear();
        m_fragments = 0;
        m_state = header.opcode == opText ? State::InText : State::InBinary;
    }
    m_message.append(payload);
    ++m_fragments;
    return header.final;
}

WebSocketItem WebSocketDecoder::message(bool text, QByteArrayView bytes)
{
    if (text && !bytes.isValidUtf8())
        return fail(invalidPayload, "the text is not UTF-8");
    return {text ? WebSocketItem::Kind::Text : WebSocketItem::Kind::Binary, bytes};
}

WebSocketItem WebSocketDecoder::fail(quint16 code, const char *reason)
{
    m_state = State::Failed;
    m_rest = {};
    m_kept = {};
    m_message = {};
    return {WebSocketItem::Kind::Violation, {}, code, reason};
}

void WebSocketDecoder::keepRest()
{
    if (m_state == State::Between)
        m_message = {};
    if (m_rest.empty())
        m_kept = {};
    else if (m_kept.isEmpty())
        m_kept = QByteArray(m_rest.data(), qsizetype(m_rest.size()));
    else
        m_kept.remove(0, m_kept.size() - qsizetype(m_rest.size()));
    m_rest = {};
}

} // namespace Hubbub
