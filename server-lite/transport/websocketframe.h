// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/engineiopacket.h"

namespace EngineIo
{

inline constexpr qsizetype largestFrameHeader = 10;

/// Appends one packet as one unmasked, final WebSocket frame, as servers send them (RFC 6455 5.2): text, or
/// binary for a binary message. Thread: any; pure.
void appendWebSocketFrame(QByteArray &out, const Packet &packet);

} // namespace EngineIo
