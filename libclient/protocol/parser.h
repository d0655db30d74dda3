// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/engineiopacket.h"
#include "libclient/protocol/socketiopacket.h"

#include <memory>

namespace SocketIo
{

/// Bounds of what a decoder keeps for a peer. Source of the ten: socket.io-parser 4.2.6 and later.
struct DecoderLimits {
    int maxAttachments = 10;
    qint64 maxAttachmentBytes = 10'000'000; ///< all attachments of one packet together
    int maxNamespaceLength = 512; ///< UTF-8 bytes
};

/// Puts packets together from Engine.IO messages. A state machine without I/O: idle, or waiting for n
/// attachments. After an error it stays failed until reset(); a peer that sent garbage is to be closed, not
/// resynchronised. Thread: that of its session.
class Decoder
{
public:
    virtual ~Decoder() = default;

    /// Feeds one message; gives a packet when one is complete. Errors carry the reference decoder's words:
    /// "unknown-packet-type", "illegal-attachments", "too-many-attachments", "attachments-too-large",
    /// "invalid-payload", "invalid-namespace", "invalid-ack-id", "unexpected-text" (text while attachments
    /// are due), "unexpected-binary" (binary while none is due).
    virtual Hubbub::Result<std::optional<Packet>> add(const EngineIo::Message &message) = 0;

    /// True while attachments of a packet are outstanding.
    virtual bool isPending() const = 0;
    virtual void reset() = 0;
};

/// One packet as Engine.IO messages: the first text, then its attachments.
using EncodedPacket = EngineIo::Messages;

/// Turns packets into messages and back; both peers must use the same one. Thread: any; immutable.
class Parser
{
public:
    virtual ~Parser() = default;
    virtual EncodedPacket encode(const Packet &packet) const = 0;
    virtual std::unique_ptr<Decoder> createDecoder(const DecoderLimits &limits = {}) const = 0;

    /// The id of the first event that asks for an answer; they count up from there.
    virtual quint64 firstAckId() const { return 0; }
};

/// The default parser: text with JSON, binary as attachments.
std::shared_ptr<const Parser> jsonParser();

/// The parser that socket.io-msgpack-parser 3.0.2 is on npm: each packet is one binary message with a
/// MessagePack map. Binary data stays where it is in an event, dates stay dates (in UTC), and undefined stays
/// undefined. Shorter than JSON where numbers and binary data are many.
std::shared_ptr<const Parser> msgpackParser();

} // namespace SocketIo
