// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QString>

namespace EngineIo
{

/// Why a session ended, in the reference server's words. Thread: any.
enum class CloseReason {
    TransportClose,
    TransportError,
    PingTimeout,
    ParseError,
    ForcedClose,
    ServerShuttingDown
};

/// "transport close", "transport error", "ping timeout", "parse error", "forced close", "server shutting
/// down".
QString toString(CloseReason reason);

} // namespace EngineIo
