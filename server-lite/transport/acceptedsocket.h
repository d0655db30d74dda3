// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/net/listener.h"
#include "server-lite/transport/serveroptions.h"

#include <memory>

namespace EngineIo
{

/// A socket for a descriptor that was accepted and counted, the leanest that the options and this thread's
/// event loop allow; with TLS, its handshake has begun. The count falls when the socket is destroyed. Null,
/// and the descriptor closed, if it is of no use any more. Thread: the one it shall live on.
std::unique_ptr<QTcpSocket> socketFor(qintptr descriptor, const ServerOptions &options,
                                      const Hubbub::ConnectionCount &connections);

} // namespace EngineIo
