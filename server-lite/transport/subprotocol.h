// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/net/httprequest.h"

#include <optional>

namespace EngineIo
{

/// The subprotocol that the answer to an upgrade takes up: the first of those offered, as Node's `ws` does by
/// default. Empty if the request has no Sec-WebSocket-Protocol; none if that is no list of tokens (RFC 6455,
/// 4.1; RFC 7230, 3.2.6), or has one twice. Headers of that name are one list. Thread: any; pure.
std::optional<QByteArray> firstSubprotocol(const Hubbub::HttpRequest &request);

} // namespace EngineIo
