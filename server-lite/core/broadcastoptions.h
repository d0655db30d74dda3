// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/arguments.h"

#include <QtCore/QSet>
#include <QtCore/QString>

#include <chrono>
#include <functional>
#include <optional>

namespace SocketIo
{

/// Whom a broadcast reaches, and how: sockets in any of `rooms` (all if there are none) and in none of
/// `except`. Thread: any; a plain value.
struct BroadcastOptions {
    QSet<QString> rooms = {};
    QSet<QString> except = {};
    bool isVolatile = false; ///< dropped for who cannot take it at this moment
    bool compress = true; ///< a wish to transports that compress
    bool local = false; ///< this server only
    std::optional<std::chrono::milliseconds> timeout = {}; ///< for answers; else the server's ackTimeout
};

struct BroadcastReplies {
    QList<Arguments> replies; ///< in order of arrival
    int expected = 0; ///< fewer replies than this: the rest left or ran out of time
};

/// Where the answers to one broadcast go. To be called on the server's thread, until the last copy is gone.
struct AckSink {
    std::function<void(int clients)> asked; ///< once for each server: how many it asked
    std::function<void(const Arguments &)> replied;
    std::function<void()> gone; ///< one of those that were asked will not answer any more
};

} // namespace SocketIo
