// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayView>

#include <array>

namespace Hubbub
{

/// The opcodes of RFC 6455, 5.2.
enum class WebSocketOpcode : quint8 {
    Continuation = 0,
    Text = 1,
    Binary = 2,
    Close = 8,
    Ping = 9,
    Pong = 10
};

/// One final, masked frame, as clients send them, with the payload in two parts (an Engine.IO packet is a
/// digit and its data). Thread: any; pure.
QByteArray maskedWebSocketFrame(WebSocketOpcode opcode, QByteArrayView head, QByteArrayView body,
                                std::array<char, 4> mask);

} // namespace Hubbub
