// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/parser.h"
#include "server-lite/core/adapter.h"
#include "server-lite/transport/serveroptions.h"

namespace SocketIo
{

/// The options of a Socket.IO server: Engine.IO's, and its own, with the reference server's names and
/// defaults. Thread: any; a plain value.
struct ServerOptions {
    EngineIo::ServerOptions engine = [] {
        EngineIo::ServerOptions options;
        options.path = "/socket.io/";
        return options;
    }();
    std::chrono::milliseconds connectTimeout{45'000}; ///< for a session to join its first namespace
    int maxNamespaces = 1'000; ///< that one session may be in or on its way into; further ones are refused
    std::shared_ptr<const Parser> parser = jsonParser();
    DecoderLimits decoderLimits;
    std::chrono::milliseconds ackTimeout{5'000}; ///< default of broadcasts with acks, which must end
    std::optional<RecoveryOptions> connectionStateRecovery; ///< off unless set
    bool cleanupEmptyChildNamespaces = false; ///< of ParentNamespace: removed when the last socket leaves
    /// In memory if not set, with recovery if that is on. Another adapter brings its own recovery.
    AdapterFactory adapter;
};

} // namespace SocketIo
