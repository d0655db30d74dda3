// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace Load
{

/// A packet of Socket.IO as text, of one namespace. Thread: any; a plain value over somebody else's bytes.
struct Packet {
    char type = 0; ///< '0' CONNECT to '6' BINARY_ACK; 0 if it is none, or of another namespace
    std::optional<std::uint64_t> id;
    std::string_view data; ///< JSON, or empty

    static Packet read(std::string_view message, std::string_view nsp);

    /// What follows the name of an event: `,ARGUMENTS]` or `]`. Nothing if it is no event of that name.
    std::optional<std::string_view> argumentsOf(std::string_view event) const;
};

/// The head of a packet to send: its type as text, namespace and ack id. Thread: any.
std::string packetHead(std::string_view type, std::string_view nsp, std::optional<std::uint64_t> id = {});

} // namespace Load
