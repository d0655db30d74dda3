// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/net/httprequest.h"

namespace EngineIo
{

/// A network: an address and how many of its bits count, as QHostAddress::parseSubnet() gives it.
using Network = std::pair<QHostAddress, int>;

/// Who asks: the peer, unless it is a proxy of ours. Then X-Forwarded-For is read from the right, over
/// further proxies of ours, to the first address that is none; what stands left of that anybody may have
/// written. Nobody else's header is believed. Thread: any; a pure function.
QHostAddress clientAddress(const Hubbub::HttpRequest &request, const QList<Network> &trustedProxies);

} // namespace EngineIo
