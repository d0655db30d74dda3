// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/engineiopacket.h"

namespace EngineIo
{

inline constexpr qsizetype largestFrameHeader = 10;
inline constexpr qsizetype largestControlPayload = 125;

/// Appends one packet as one unmasked, final WebSocket frame, as servers send them (RFC 6455 5.2): text, or
/// binary for a binary message. Thread: any; pure.
void appendWebSocketFrame(QByteArray &out, const Packet &packet);

/// RFC 6455, 5.5.
enum class ControlOpcode : quint8 { Close = 8, Ping = 9, Pong = 10 };

/// One control frame as servers send it, of at most largestControlPayload bytes. Thread: any; pure.
QByteArray controlFrame(ControlOpcode opcode, QByteArrayView payload);

} // namespace EngineIo
