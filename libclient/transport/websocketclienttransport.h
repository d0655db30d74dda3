// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/transport/certificatecheck.h"
#include "libclient/transport/clienttransport.h"
#include "libclient/transport/transportoptions.h"
#include "libclient/transport/websocketframes.h"

#include <QtCore/QBasicTimer>
#include <QtNetwork/QAbstractSocket>

#include <chrono>
#include <memory>

class QWebSocket;

namespace EngineIo
{

/// Packets as WebSocket messages. QWebSocket does the handshake, with TLS and proxies, and the closing; the
/// messages between are read and written by WebSocketFrames. One QWebSocket per attempt, since that class
/// keeps its close code and its buffers over open(). Thread: the one that made it; may be destroyed at any
/// time, in handlers of its own signals too.
class WebSocketClientTransport final
    : public ClientTransport
    , private WebSocketFrames::Listener
{
    Q_OBJECT
public:
    /// More than this waiting for the network means that the reader is slow; volatile packets are dropped
    /// then.
    static constexpr qint64 highWaterMark = 64 * 1024;
    /// How long a goodbye may take before the connection is cut: QWebSocket::close() waits for a slow reader
    /// for ever.
    static constexpr std::chrono::milliseconds closeDeadline{3'000};

    explicit WebSocketClientTransport(TransportOptions options, QObject *parent = nullptr);
    ~WebSocketClientTransport() override;

    QString name() const override;
    void open(const QNetworkRequest &request) override;
    void send(const Packet &packet) override;
    bool isWritable() const override;
    qint64 bytesToWrite() const override;
    void trim() override;
    void close() override;
    void abort() override;

private:
    enum class State : quint8 { Idle, Opening, Open, Closing, Closed };

    void timerEvent(QTimerEvent *event) override;
    void onConnected();
    void onDisconnected();
    void onError(QAbstractSocket::SocketError error);
    void textReceived(QByteArrayView text) override;
    void binaryReceived(QByteArrayView data) override;
    void closeNeeded(quint16 code, const QString &reason) override;
    void onReadyRead();
    void onBytesWritten();
    bool takeOver();
    void failOpening(QAbstractSocket::SocketError error);
    void deliver(const Packet &packet);
    void finish(const Hubbub::Error &why);

    QNetworkRequest withCookies(QNetworkRequest request) const;

    const TransportOptions m_options;
    std::unique_ptr<QWebSocket> m_socket;
    std::unique_ptr<WebSocketFrames> m_frames; ///< once connected
    QBasicTimer m_closeTimer;
    QUrl m_url;
    std::unique_ptr<CertificateCheck> m_check; ///< of a connection with TLS
    State m_state = State::Idle;
    int m_signalDepth = 0; ///< above zero while QWebSocket is on the call stack and must not be deleted
};

} // namespace EngineIo
