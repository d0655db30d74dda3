// SPDX-License-Identifier: MIT
#include "server-lite/net/streamlistener.h"

#include <array>
#include <memory>

namespace Hubbub
{

namespace
{
constexpr std::size_t receiveStep = 256 * 1024;
} // namespace

std::span<char> sharedReceiveBuffer()
{
    thread_local const auto buffer = std::make_unique<std::array<char, receiveStep>>();
    return *buffer;
}

} // namespace Hubbub
