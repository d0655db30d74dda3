// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/core/serversocket.h"

#include <QtCore/QCborMap>

/// What the admin namespace shows, in the shapes of Socket.IO's Admin UI. Thread: the server's.
namespace Hubbub::AdminValues
{

/// {id, clientId, transport, nsp, data, handshake{address, headers, query, issued, secure, time, url,
/// xdomain}, rooms}
QCborMap socket(const SocketIo::ServerSocket &socket);

/// Now, with milliseconds.
QCborValue timestamp();

} // namespace Hubbub::AdminValues
