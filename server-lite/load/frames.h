// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace Load
{

enum class Opcode : std::uint8_t { Continuation = 0, Text = 1, Binary = 2, Close = 8, Ping = 9, Pong = 10 };

/// Appends a client's frame (RFC 6455, masked) to `out`. Thread: any.
void appendFrame(std::string &out, Opcode opcode, std::string_view payload);

/// One frame of a server, unmasked, at the head of a buffer.
struct Frame {
    std::size_t size = 0; ///< bytes of the whole frame; 0 while it is not all there
    bool final = false;
    Opcode opcode = Opcode::Text;
    std::string_view payload;
};
Frame readFrame(std::string_view buffer);

} // namespace Load
