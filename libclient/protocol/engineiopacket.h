// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/error.h"

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayView>
#include <QtCore/QVarLengthArray>

#include <optional>
#include <vector>

/// Engine.IO v4, the transport session below Socket.IO. Thread: any; plain values and pure functions.
/// Source: the Engine.IO protocol, revision 4.
namespace EngineIo
{

/// The digit a text packet starts with. A binary packet is always a Message and carries no digit.
enum class PacketType : quint8 {
    Open = 0,
    Close = 1,
    Ping = 2,
    Pong = 3,
    Message = 4,
    Upgrade = 5,
    Noop = 6
};

struct Packet {
    PacketType type = PacketType::Noop;
    QByteArray data; ///< UTF-8 text, or raw bytes when binary is set
    bool binary = false; ///< only ever true for a Message

    friend bool operator==(const Packet &, const Packet &) = default;
};

/// What a Message packet carries to the layer above: one text or one binary payload.
struct Message {
    QByteArray data;
    bool binary = false;

    friend bool operator==(const Message &, const Message &) = default;
};

/// Those of one packet of the layer above; all but the first are what is binary in it, and most have none.
using Messages = QVarLengthArray<Message, 1>;

/// The bytes of one WebSocket text or binary message. A binary Message is its payload, unchanged.
QByteArray encodePacket(const Packet &packet);

/// Whether somebody has looked already that text is UTF-8.
enum class TextCheck : quint8 { Needed, Done };

/// Reads one WebSocket text message; "b<base64>" is accepted as binary, as in the reference decoder.
/// Errors: "empty-packet", "unknown-packet-type", "invalid-base64", "invalid-utf8".
Hubbub::Result<Packet> decodePacket(QByteArrayView text, TextCheck check = TextCheck::Needed);

/// A long-polling body holds at most this many packets, so that a small body cannot become endless work.
inline constexpr int maxPacketsPerPayload = 10'000;

/// Stands between the packets of a long-polling body.
inline constexpr char recordSeparator = '\x1e';

/// Bytes that a packet with so much data takes in a long-polling body, the separator not counted.
constexpr qint64 recordSize(qint64 dataBytes, bool binary)
{
    return 1 + (binary ? (dataBytes + 2) / 3 * 4 : dataBytes);
}

/// Joins packets with the record separator; binary becomes "b" and padded base64.
QByteArray encodePayload(const std::vector<Packet> &packets);

/// What decodePayload read: the packets before the first invalid one, and why it stopped there, if it did.
struct DecodedPayload {
    std::vector<Packet> packets;
    std::optional<Hubbub::Error> error; ///< as decodePacket, or "too-many-packets"
};
DecodedPayload decodePayload(QByteArrayView body);

} // namespace EngineIo
