// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/parser.h"

namespace SocketIo
{

/// The decoder of msgpackParser(). As strict as the JSON one where socket.io-msgpack-parser is not: reserved
/// event names are refused, an event has a name, and an ack an id. The limit on the number of attachments has
/// no meaning here; the one on their bytes holds for all binary data of a packet. Thread: that of its
/// session.
class MsgpackDecoder : public Decoder
{
public:
    explicit MsgpackDecoder(const DecoderLimits &limits);

    Hubbub::Result<std::optional<Packet>> add(const EngineIo::Message &message) override;
    bool isPending() const override { return false; }
    void reset() override { m_failed.reset(); }

private:
    Hubbub::Result<Packet> decode(const EngineIo::Message &message) const;

    const DecoderLimits m_limits;
    std::optional<Hubbub::Error> m_failed;
};

} // namespace SocketIo
