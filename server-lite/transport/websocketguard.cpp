// SPDX-License-Identifier: MIT
#include "server-lite/transport/websocketguard.h"

#include <QtCore/QIODevice>
#include <QtCore/QVarLengthArray>

#include <algorithm>
#include <limits>

namespace EngineIo
{

namespace
{

constexpr uchar finalBit = 0x80;
constexpr uchar maskBit = 0x80;
constexpr uchar opcodeBits = 0x0f;
constexpr uchar textOpcode = 1;
constexpr uchar binaryOpcode = 2;
constexpr uchar controlOpcodes = 8;

/// The length of a header whose second byte is that, with its mask.
qsizetype headerSize(uchar second)
{
    const int length = second & ~maskBit;
    return 2 + (length == 127 ? 8 : length == 126 ? 2 : 0) + 4;
}

/// Makes binary of the texts that begin at these places of the socket's buffer.
void rewrite(QIODevice &socket, const QList<qint64> &places)
{
    QByteArray front = socket.read(places.last() + 1);
    for (const qint64 place : places)
        front[place] = char((uchar(front[place]) & ~opcodeBits) | binaryOpcode);
    for (qsizetype i = front.size(); i-- > 0;)
        socket.ungetChar(front[i]);
}

} // namespace

WebSocketGuard::Verdict WebSocketGuard::inspect(QIODevice &socket, Clock::time_point now)
{
    if (m_verdict == Verdict::Lawful)
        m_verdict = look(socket, now);
    return m_verdict;
}

WebSocketGuard::Verdict WebSocketGuard::look(QIODevice &socket, Clock::time_point now)
{
    const qint64 available = socket.bytesAvailable();
    qint64 at = m_seen;
    m_seen = std::max(available, m_seen);
    if (quint64(std::max<qint64>(available - at, 0)) <= m_payload) {
        m_payload -= quint64(std::max<qint64>(available - at, 0));
        return Verdict::Lawful;
    }
    QVarLengthArray<char, 2048> bytes(available);
    socket.peek(bytes.data(), available);
    QList<qint64> texts;
    while (at < available) {
        if (m_payload > 0) {
            const auto skipped = std::min(m_payload, quint64(available - at));
            m_payload -= skipped;
            at += qint64(skipped);
            continue;
        }
        if (const Verdict verdict = take(bytes[at], now); verdict != Verdict::Lawful)
            return verdict;
        if (std::exchange(m_rewrite, false))
            texts.append(at);
        ++at;
    }
    if (!texts.isEmpty())
        rewrite(socket, texts);
    return Verdict::Lawful;
}

void WebSocketGuard::wasRead(const QIODevice &socket)
{
    m_seen = socket.bytesAvailable();
}

bool WebSocketGuard::nextBinaryIsText()
{
    const quint64 index = m_binariesTaken++;
    if (m_texts.isEmpty() || m_texts.first() != index)
        return false;
    m_texts.removeFirst();
    return true;
}

/// One more byte of a header.
WebSocketGuard::Verdict WebSocketGuard::take(char byte, Clock::time_point now)
{
    m_header[size_t(m_headerSize++)] = uchar(byte);
    if (m_headerSize == 1)
        return beginFrame(m_header[0], now);
    if ((m_header[1] & maskBit) == 0)
        return Verdict::Unmasked;
    if (m_headerSize == headerSize(m_header[1]))
        endHeader();
    return Verdict::Lawful;
}

WebSocketGuard::Verdict WebSocketGuard::beginFrame(uchar first, Clock::time_point now)
{
    const uchar opcode = first & opcodeBits;
    if (opcode >= controlOpcodes)
        return m_controls.take(now) ? Verdict::Lawful : Verdict::TooManyControlFrames;
    if (opcode == 0)
        return ++m_fragments > maxFragments ? Verdict::TooManyFragments : Verdict::Lawful;
    m_fragments = 1;
    m_rewrite = opcode == textOpcode && (first & finalBit) == 0;
    if (m_rewrite)
        m_texts.append(m_binariesBegun);
    if (m_rewrite || opcode == binaryOpcode)
        ++m_binariesBegun;
    return Verdict::Lawful;
}

void WebSocketGuard::endHeader()
{
    const int length = m_header[1] & ~maskBit;
    const qsizetype extended = length == 127 ? 8 : length == 126 ? 2 : 0;
    m_payload = extended > 0 ? 0 : quint64(length);
    for (qsizetype i = 0; i < extended; ++i)
        m_payload = m_payload << 8 | m_header[size_t(2 + i)];
    m_headerSize = 0;
}

} // namespace EngineIo
