// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/transport/websockethandshake.h"
#include "server-lite/transport/websockettransport.h"

class QTcpSocket;

namespace EngineIo
{

/// Turns sockets whose WebSocket handshake is still unread into transports. Thread: the worker's it was made
/// on.
class WebSocketAcceptor
{
public:
    WebSocketAcceptor(const ServerOptions &options, Hubbub::DeadlineQueue &deadlines,
                      SharedCounters &counters)
        : m_options(options)
        , m_deadlines(deadlines)
        , m_counters(counters)
    {
    }

    /// Takes the socket over. The request must have been checked before, has that Sec-WebSocket-Key, and is
    /// unread in the socket, `headBytes` long; what the peer sent behind it is heard. The answer takes up
    /// that subprotocol, unless it is empty. Null, and the socket gone, when the handshake failed.
    std::unique_ptr<WebSocketTransport> accept(std::unique_ptr<QTcpSocket> socket, const QByteArray &key,
                                               const QByteArray &subprotocol, qsizetype headBytes);

private:
    const ServerOptions &m_options;
    Hubbub::DeadlineQueue &m_deadlines;
    SharedCounters &m_counters;
    WebSocketHandshake m_handshake;
};

} // namespace EngineIo
