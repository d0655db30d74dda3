// SPDX-License-Identifier: MIT
// Internal to the WebSocket transport and its acceptor, the two that know QtWebSockets.
#pragma once

#include "server-lite/transport/websocketguard.h"
#include "server-lite/transport/websockettransport.h"

#include <QtCore/QPointer>
#include <QtNetwork/QSslSocket>
#include <QtWebSockets/QWebSocket>

#ifdef Q_OS_LINUX
#include "libclient/protocol/websocketdecoder.h"
#include "server-lite/net/epollsocket.h"
#endif

namespace EngineIo
{

/// What a transport speaks through: a QWebSocket, which did the handshake and owns control frames and
/// closing, and the socket below it. Thread: the worker's.
class WebSocketTransport::Link
{
public:
    Link() = default;
    Q_DISABLE_COPY_MOVE(Link)
    virtual ~Link() = default;

    /// Messages go to `transport` from here.
    virtual void attach(WebSocketTransport &transport, const ServerOptions &options) = 0;
    virtual bool isOpen() const = 0;
    virtual void write(std::vector<Outgoing> &items) = 0;
    virtual qint64 queuedBytes() const = 0;
    virtual void trim() = 0;
    virtual void close() { webSocket->close(); }
    virtual void cut() = 0;
    /// Leaves what the peer sends with the kernel, or takes it again; false where that cannot be done.
    virtual bool setReading(bool) { return false; }

    std::unique_ptr<QWebSocket> webSocket;
    bool failed = false;
};

/// Any socket of Qt's: QWebSocket reads what a guard has seen before, and frames are written by us.
class WebSocketTransport::QtLink final : public Link
{
public:
    /// Before QWebSocket gets the socket: slots are called in the order of their connections.
    explicit QtLink(QTcpSocket *socket);
    ~QtLink() override;

    void attach(WebSocketTransport &transport, const ServerOptions &options) override;
    bool isOpen() const override
    {
        return !m_closing && webSocket->state() == QAbstractSocket::ConnectedState;
    }
    void write(std::vector<Outgoing> &items) override;
    qint64 queuedBytes() const override { return m_socket ? m_socket->bytesToWrite() : 0; }
    void trim() override;
    void close() override { close(QWebSocketProtocol::CloseCodeNormal, {}); }
    void cut() override;

private:
    void close(QWebSocketProtocol::CloseCode code, const QString &reason);
    void inspect();
    void binaryReceived(const QByteArray &data);

    QPointer<QTcpSocket> m_socket; ///< the acceptor's, deleted with the connection
    WebSocketTransport *m_transport = nullptr;
    WebSocketGuard m_guard;
    QMetaObject::Connection m_firstLook;
    int m_readDepth = 0; ///< how many times the socket says that there is something to read, on the stack
    bool m_closing = false;
    bool m_plain;
};

#ifdef Q_OS_LINUX
/// An EpollSocket: messages are decoded from the bytes as they come, and QWebSocket gets the control frames.
/// Before the transport is attached, what comes is kept.
class WebSocketTransport::DirectLink final
    : public Link
    , private Hubbub::SocketTap
{
public:
    DirectLink(Hubbub::EpollSocket *socket, QByteArray early, qint64 maxMessageBytes);
    ~DirectLink() override;

    void attach(WebSocketTransport &transport, const ServerOptions &options) override;
    /// Reads what came early; queued by the transport, once its listener is ready for it.
    void readEarly();
    bool hasEarly() const { return !m_early.isEmpty(); }
    bool isOpen() const override { return m_socket && m_socket->takesBytes(); }
    void write(std::vector<Outgoing> &items) override;
    qint64 queuedBytes() const override { return m_socket ? m_socket->bytesToWrite() : 0; }
    void trim() override;
    void cut() override;
    bool setReading(bool on) override;

private:
    void bytesReceived(std::span<char> bytes) override;
    void socketEnded() override { m_socket = nullptr; }

    Hubbub::EpollSocket *m_socket; ///< null when it is over; deleted with the connection
    WebSocketTransport *m_transport = nullptr;
    Hubbub::WebSocketDecoder m_decoder;
    ControlFrameLimit m_controls;
    QByteArray m_early;
};
#endif

} // namespace EngineIo
