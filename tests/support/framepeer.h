// SPDX-License-Identifier: MIT
#pragma once

#include "tests/support/httppeer.h"

/// A WebSocket peer that says exact frames, lawful or not. Waits as HttpPeer does. Thread: the test's.
class FramePeer
{
public:
    enum Opcode : quint8 { Continuation = 0, Text = 1, Binary = 2, Close = 8, Ping = 9, Pong = 10 };
    struct Frame {
        int opcode = -1; ///< -1: none came
        QByteArray payload;
    };

    explicit FramePeer(quint16 port, bool secure = false)
        : http(port, secure)
    {
    }

    /// Asks for the upgrade; the answer's status.
    int upgrade(const QByteArray &target, const QByteArray &moreHeaders = {});
    static QByteArray upgradeRequest(const QByteArray &target, const QByteArray &moreHeaders = {});

    void text(const QByteArray &text) { http.send(frame(0x81, text)); }
    void binary(const QByteArray &data) { http.send(frame(0x82, data)); }

    /// A frame with that first byte (FIN, RSV, opcode), masked as clients must unless said otherwise.
    static QByteArray frame(int first, const QByteArray &payload, bool masked = true);

    /// The next frame of the server.
    Frame next();
    QByteArray nextText() { return next().payload; }

    /// True if the server says no text or binary any more and the connection ends.
    bool waitForClose();

    HttpPeer http;
};
