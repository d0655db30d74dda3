// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/net/listener.h"

#include <QtNetwork/QSslConfiguration>

#include <memory>
#include <optional>

namespace EngineIo
{

/// A socket for a descriptor that was accepted and counted, the leanest that this thread's event loop allows;
/// with TLS, its handshake has begun. The count falls when the socket is destroyed. Null,
/// and the descriptor closed, if it is of no use any more. Thread: the one it shall live on.
std::unique_ptr<QTcpSocket> socketFor(qintptr descriptor, const std::optional<QSslConfiguration> &tls,
                                      const Hubbub::ConnectionCount &connections);

} // namespace EngineIo
