// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QCborMap>

#include <chrono>
#include <functional>
#include <optional>

namespace SocketIo
{

/// The options of a Socket, with the names and defaults of socket.io-client 4.8. Thread: any; a plain value.
struct SocketOptions {
    /// Gives the CONNECT payload; called anew for every attempt, may answer later.
    using AuthProvider = std::function<void(std::function<void(QCborMap)> answer)>;

    QCborMap auth = {};
    AuthProvider authProvider = {}; ///< instead of auth, if set

    /// How often an event without an answer is sent again: then every event that is not volatile waits in a
    /// queue until the one before it is answered, and is sent at most retries + 1 times. The queue is as
    /// large as ManagerOptions::maxBufferedPackets and maxBufferedBytes say; an event beyond is refused with
    /// "buffer-full". 0 sends once, at once. The server has to tell repetitions by an id in the payload.
    int retries = 0;
    std::optional<std::chrono::milliseconds> ackTimeout = {}; ///< of answers; ten seconds if not set
};

} // namespace SocketIo
