// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/socketiopacket.h"

#include <functional>

namespace SocketIo
{

/// A packet as it passed. Thread: that of its Manager; a value.
struct TappedPacket {
    enum class Direction : quint8 { In, Out };
    Direction direction = Direction::In;
    Packet packet; ///< decoded, attachments in their places
    qint64 bytes = 0; ///< of all its messages, without framing
};

using PacketTap = std::function<void(const TappedPacket &)>;

} // namespace SocketIo
