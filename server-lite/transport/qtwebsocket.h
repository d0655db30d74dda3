// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/transport/websocketguard.h"
#include "server-lite/transport/websockettransport.h"

#include <QtCore/QPointer>
#include <QtNetwork/QSslSocket>
#include <QtWebSockets/QWebSocket>

namespace EngineIo
{

/// A QWebSocket, over TLS or on an event loop of Qt's own: it reads what a guard has seen before, and owns
/// control frames and closing; frames are written by us. Thread: the worker's that owns the session.
class QtWebSocket final
    : public QObject
    , public WebSocketTransport
{
    Q_OBJECT
public:
    /// Before QWebSocket gets the socket: slots are called in the order of their connections.
    QtWebSocket(QTcpSocket *socket, const ServerOptions &options, Hubbub::DeadlineQueue &deadlines);
    ~QtWebSocket() override;

    /// The handshake is done: messages are received from here.
    void attach(std::unique_ptr<QWebSocket> webSocket, const ServerOptions &options);

    bool isWritable() const override;
    void write(std::vector<Outgoing> &items) override;
    qint64 queuedBytes() const override { return m_socket ? m_socket->bytesToWrite() : 0; }
    void trim() override;
    bool isOver() const override { return m_webSocket->state() == QAbstractSocket::UnconnectedState; }

private:
    void sayClose() override { close(QWebSocketProtocol::CloseCodeNormal, {}); }
    void cut() override;
    void close(QWebSocketProtocol::CloseCode code, const QString &reason);
    void fail(QWebSocketProtocol::CloseCode code, const char *reason);
    void inspect();
    void wasRead();
    void binaryMessage(const QByteArray &data);
    void disconnected();

    QPointer<QTcpSocket> m_socket; ///< the acceptor's, deleted with the connection
    std::unique_ptr<QWebSocket> m_webSocket; ///< null until attached
    WebSocketGuard m_guard;
    int m_readDepth = 0; ///< how many times the socket says that there is something to read, on the stack
    bool m_closing = false;
    bool m_failed = false;
    bool m_plain;
};

} // namespace EngineIo
