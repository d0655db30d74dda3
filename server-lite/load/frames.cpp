// SPDX-License-Identifier: MIT
#include "server-lite/load/frames.h"

#include <array>
#include <random>

namespace Load
{

void appendFrame(std::string &out, Opcode opcode, std::string_view payload)
{
    static std::minstd_rand random{std::random_device{}()};
    out.push_back(char(0x80 | unsigned(opcode)));
    const std::size_t size = payload.size();
    const auto lengthBytes = [&](unsigned mark, int count) {
        out.push_back(char(0x80 | mark));
        for (int i = count - 1; i >= 0; --i)
            out.push_back(char(std::uint64_t(size) >> (8 * i)));
    };
    if (size < 126)
        out.push_back(char(0x80 | size));
    else if (size < 65'536)
        lengthBytes(126, 2);
    else
        lengthBytes(127, 8);
    const auto key = std::uint32_t(random());
    std::array<char, 4> mask{};
    for (unsigned i = 0; i < 4; ++i)
        mask[i] = char(key >> (8 * i));
    out.append(mask.data(), mask.size());
    const std::size_t begin = out.size();
    out.append(payload);
    for (std::size_t i = 0; i < size; ++i)
        out[begin + i] = char(out[begin + i] ^ mask[i % 4]);
}

Frame readFrame(std::string_view buffer)
{
    if (buffer.size() < 2)
        return {};
    const auto byte = [&](std::size_t i) { return std::uint64_t(std::uint8_t(buffer[i])); };
    std::uint64_t length = byte(1) & 0x7f;
    std::size_t head = 2;
    const int extra = length == 126 ? 2 : length == 127 ? 8 : 0;
    if (extra) {
        if (buffer.size() < head + std::size_t(extra))
            return {};
        length = 0;
        for (int i = 0; i < extra; ++i)
            length = length << 8 | byte(head++);
    }
    if (buffer.size() - head < length)
        return {};
    return {head + std::size_t(length), bool(byte(0) & 0x80), Opcode(byte(0) & 0x0f),
            buffer.substr(head, std::size_t(length))};
}

} // namespace Load
