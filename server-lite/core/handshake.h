// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/net/httprequest.h"

#include <QtCore/QCborMap>
#include <QtCore/QDateTime>

namespace SocketIo
{

/// What a client said when it came. Thread: any; a plain value.
struct Handshake {
    QCborMap auth; ///< the CONNECT packet's payload, {} if it had none
    Hubbub::HttpHeaders headers;
    QUrlQuery query;
    QByteArray url; ///< request target
    QHostAddress address; ///< of the peer as the socket sees it
    QDateTime time;
    bool secure = false;
    bool crossDomain = false; ///< an Origin header came along
};

} // namespace SocketIo
