// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayView>

#include <array>
#include <span>

namespace Hubbub
{

/// What a frame says of itself (RFC 6455, 5.2).
struct WebSocketFrameHeader {
    bool final = true;
    bool masked = false;
    quint8 reserved = 0; ///< the three bits
    quint8 opcode = 0;
    quint64 length = 0; ///< of the payload
    bool shortestLength = true; ///< as it has to be written
    std::array<char, 4> mask{};
    qsizetype size = 0; ///< of the header itself; 0 when more bytes are needed to tell
};
/// Thread: any; pure.
WebSocketFrameHeader readWebSocketFrameHeader(QByteArrayView bytes);

/// Masks or unmasks in place. Thread: any; pure.
void applyWebSocketMask(std::span<char> payload, std::array<char, 4> mask);

/// One thing a WebSocketDecoder found.
struct WebSocketItem {
    enum class Kind : quint8 {
        More, ///< nothing until more bytes come
        Text, ///< a whole message, valid UTF-8
        Binary, ///< a whole message
        Control, ///< a whole ping, pong or close frame, as it came
        Violation, ///< the peer broke the rules; nothing follows
    };
    Kind kind = Kind::More;
    QByteArrayView bytes; ///< until the next call
    quint16 closeCode = 0; ///< for a violation: 1002, 1007, 1008 or 1009
    const char *reason = nullptr; ///< for a violation: a short sentence
};

/// Reads WebSocket frames out of the bytes of one peer: messages put together from their fragments, control
/// frames left as they are for whoever answers them. No extensions. What is whole is read where it lies;
/// only what is not whole is kept. Thread: that of its connection.
class WebSocketDecoder
{
public:
    /// Clients must mask their frames, servers must not.
    enum class Peer : quint8 { Client, Server };

    /// Of one message: without a bound, empty ones without end would cost time and never memory.
    static constexpr int maxFragments = 10'000;

    WebSocketDecoder(Peer peer, qint64 maxMessageBytes)
        : m_maxMessageBytes(maxMessageBytes)
        , m_peer(peer)
    {
    }

    /// The bytes are changed in place, and must stay until next() has said More.
    void feed(std::span<char> bytes);
    WebSocketItem next();

private:
    enum class State : quint8 { Between, InText, InBinary, Failed }; ///< of a message

    const char *faultOf(const WebSocketFrameHeader &header) const;
    bool takeFragment(const WebSocketFrameHeader &header, QByteArrayView payload);
    WebSocketItem message(bool text, QByteArrayView bytes);
    WebSocketItem fail(quint16 code, const char *reason);
    void keepRest();

    const qint64 m_maxMessageBytes;
    std::span<char> m_rest; ///< not read yet: in the bytes given, or in m_kept
    QByteArray m_kept; ///< the beginning of a frame
    QByteArray m_message; ///< fragments so far
    int m_fragments = 0; ///< how many
    const Peer m_peer;
    State m_state = State::Between;
};

} // namespace Hubbub
