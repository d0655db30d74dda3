// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <optional>

namespace SocketIo
{

/// How one event of a client goes out. Thread: any; a plain value.
struct ClientEmitFlags {
    bool isVolatile = false;
    bool compress = true;
    std::optional<std::chrono::milliseconds> timeout = {};
};

} // namespace SocketIo
