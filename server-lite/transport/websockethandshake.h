// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArray>
#include <QtWebSockets/QWebSocketServer>

namespace EngineIo
{

/// Has QWebSocketServer answer an upgrade, and keeps nothing of it: for connections that need no QWebSocket
/// afterwards. Thread: the one it was made on.
class WebSocketHandshake
{
public:
    WebSocketHandshake();

    /// The answer to a request that was checked before and has that Sec-WebSocket-Key; it takes up that
    /// subprotocol, unless it is empty. Empty if QWebSocketServer does not accept it.
    QByteArray answerTo(const QByteArray &key, const QByteArray &subprotocol);

private:
    QWebSocketServer m_server;
};

} // namespace EngineIo
