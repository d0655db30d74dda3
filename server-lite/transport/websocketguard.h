// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/transport/controlframelimit.h"

#include <QtCore/QList>

#include <array>

class QIODevice;

namespace EngineIo
{

/// Looks at the frames of a peer while they wait to be read by QWebSocket, and meets what that gets wrong: it
/// takes unmasked frames, sets no bound to fragments and pings, and decodes each fragment of a text by
/// itself, so that a code point on a border breaks it. Texts in fragments are therefore passed off as binary,
/// which comes out whole, and whoever receives it checks the encoding. Source: RFC 6455, sections 5.1, 5.4
/// to 5.6. Thread: the worker's that owns the socket.
class WebSocketGuard
{
public:
    using Clock = ControlFrameLimit::Clock;
    enum class Verdict : quint8 { Lawful, Unmasked, TooManyFragments, TooManyControlFrames };

    static constexpr int maxFragments = 10'000; ///< of one message

    /// What waits in the socket, all of it behind the HTTP head. Before anybody reads it; after any other
    /// verdict than Lawful nobody should, and that stays the verdict.
    Verdict inspect(QIODevice &socket, Clock::time_point now = Clock::now());

    /// After everybody has read.
    void wasRead(const QIODevice &socket);

    /// Of the next binary message, in their order: whether the peer sent it as text.
    bool nextBinaryIsText();

private:
    Verdict look(QIODevice &socket, Clock::time_point now);
    Verdict take(char byte, Clock::time_point now);
    Verdict beginFrame(uchar first, Clock::time_point now);
    void endHeader();

    Verdict m_verdict = Verdict::Lawful;
    qint64 m_seen = 0; ///< bytes in the socket's buffer that were inspected before
    quint64 m_payload = 0; ///< bytes up to the next header
    std::array<uchar, 14> m_header{};
    qsizetype m_headerSize = 0;
    bool m_rewrite = false; ///< the byte just taken begins a text in fragments
    int m_fragments = 0;
    quint64 m_binariesBegun = 0;
    quint64 m_binariesTaken = 0;
    QList<quint64> m_texts; ///< which of the binaries were texts
    ControlFrameLimit m_controls;
};

} // namespace EngineIo
