// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/transport/transportoptions.h"

#include <QtNetwork/QNetworkRequest>

namespace EngineIo
{

/// What the request's Cookie header is to say; empty without cookies, and for a request that says it itself.
/// Those of HTTP count for WebSocket too. Thread: the transport's.
QByteArray cookieLine(const TransportOptions &options, const QNetworkRequest &request);

} // namespace EngineIo
