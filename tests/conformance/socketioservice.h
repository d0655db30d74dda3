// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/core/server.h"

/// The server that the public Socket.IO protocol suite is written against. Thread: the server's.
namespace SocketIoService
{

/// Path /socket.io/, pings every 300 ms with 200 ms to answer, 1000 ms to join a namespace.
SocketIo::ServerOptions options();

/// Namespaces / and /custom: `auth` tells the handshake's auth, `message` is sent back as `message-back`,
/// `message-with-ack` is acknowledged with its arguments.
void install(SocketIo::Server &server);

} // namespace SocketIoService
