// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QString>

#include <cstddef>

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
inline constexpr std::size_t closeReasons = std::size_t(CloseReason::ServerShuttingDown) + 1;

/// "transport close", "transport error", "ping timeout", "parse error", "forced close", "server shutting
/// down".
QString toString(CloseReason reason);

} // namespace EngineIo
