// SPDX-License-Identifier: MIT
#include "server-lite/transport/serveroptions.h"

namespace EngineIo
{

QString toString(TransportName name)
{
    return name == TransportName::Polling ? QStringLiteral("polling") : QStringLiteral("websocket");
}

} // namespace EngineIo
