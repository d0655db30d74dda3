// SPDX-License-Identifier: MIT
#include "server-lite/transport/closereason.h"

namespace EngineIo
{

QString toString(CloseReason reason)
{
    switch (reason) {
    case CloseReason::TransportClose:
        return QStringLiteral("transport close");
    case CloseReason::TransportError:
        return QStringLiteral("transport error");
    case CloseReason::PingTimeout:
        return QStringLiteral("ping timeout");
    case CloseReason::ParseError:
        return QStringLiteral("parse error");
    case CloseReason::ForcedClose:
        return QStringLiteral("forced close");
    case CloseReason::ServerShuttingDown:
        return QStringLiteral("server shutting down");
    }
    Q_UNREACHABLE();
}

} // namespace EngineIo
