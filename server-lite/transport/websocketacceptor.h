// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/transport/websockettransport.h"

#include <functional>

class QTcpSocket;

namespace EngineIo
{

/// Turns sockets whose WebSocket handshake is still unread into transports. Thread: the worker's it was made
/// on.
class WebSocketAcceptor
{
public:
    /// Null when the handshake failed.
    using Accepted = std::function<void(std::unique_ptr<WebSocketTransport>)>;

    WebSocketAcceptor(const ServerOptions &options, Hubbub::DeadlineQueue &deadlines);
    ~WebSocketAcceptor();

    /// Takes the socket over, and calls `done` at once or within a turn of the loop. The request must have
    /// been checked before, and be unread in the socket, `headBytes` long. What the peer sent behind it must
    /// not be lost: an EpollSocket takes it, others must not be given any (see takesEarlyBytes()).
    void accept(QTcpSocket *socket, const QByteArray &key, qsizetype headBytes, const Accepted &done);

    /// Whether bytes behind the request may be there.
    static bool takesEarlyBytes(const QTcpSocket *socket);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace EngineIo
