// SPDX-License-Identifier: MIT
#include "libclient/transport/websocketclienttransport.h"

#include "libclient/transport/cookieline.h"
#include "libclient/transport/insignal.h"
#include "libclient/transport/systemmaskgenerator.h"
#include "libclient/transport/transporterror.h"

#include <QtCore/QTimerEvent>
#include <QtNetwork/QSslConfiguration>
#include <QtNetwork/QSslError>
#include <QtNetwork/QSslSocket>
#include <QtWebSockets/QWebSocket>

using namespace Qt::StringLiterals;

namespace EngineIo
{

WebSocketClientTransport::WebSocketClientTransport(TransportOptions options, QObject *parent)
    : ClientTransport(parent)
    , m_options(std::move(options))
    , m_socket(std::make_unique<QWebSocket>())
{
    m_socket->setMaskGenerator(new SystemMaskGenerator(m_socket.get()));

    connect(m_socket.get(), &QWebSocket::connected, this, &WebSocketClientTransport::onConnected);
    connect(m_socket.get(), &QWebSocket::disconnected, this, &WebSocketClientTransport::onDisconnected);
    connect(m_socket.get(), qOverload<QAbstractSocket::SocketError>(&QWebSocket::error), this,
            &WebSocketClientTransport::onError);
    connect(m_socket.get(), &QWebSocket::sslErrors, this, [this](const QList<QSslError> &problems) {
        const auto *tls = m_socket->findChild<QSslSocket *>();
        if (tls && m_check && m_check->accepts(tls->peerCertificate(), problems))
            m_socket->ignoreSslErrors();
    });
    connect(m_socket.get(), &QWebSocket::bytesWritten, this, &WebSocketClientTransport::onBytesWritten);
}

WebSocketClientTransport::~WebSocketClientTransport()
{
    m_socket->disconnect(this);
    if (m_signalDepth > 0)
        m_socket.release()->deleteLater();
}

QString WebSocketClientTransport::name() const
{
    return u"websocket"_s;
}

void WebSocketClientTransport::open(const QNetworkRequest &request)
{
    if (m_state != State::Idle)
        return;
    m_state = State::Opening;
    m_url = request.url();
    if (m_url.scheme() == "wss"_L1) {
        m_check = std::make_unique<CertificateCheck>(m_url, m_options);
        m_socket->setSslConfiguration(m_check->prepared(request.sslConfiguration()));
    }
    if (m_options.proxy)
        m_socket->setProxy(*m_options.proxy);
    m_socket->open(withCookies(request));
}

/// QWebSocket knows no cookies; those of the HTTP requests before are its as well.
QNetworkRequest WebSocketClientTransport::withCookies(QNetworkRequest request) const
{
    const QByteArray line = cookieLine(m_options, request);
    if (!line.isEmpty())
        request.setRawHeader("Cookie", line);
    return request;
}

void WebSocketClientTransport::send(const Packet &packet)
{
    if (m_state != State::Open)
        return;
    m_frames->send(packet);
}

bool WebSocketClientTransport::isWritable() const
{
    return m_state == State::Open && m_socket->bytesToWrite() < highWaterMark;
}

qint64 WebSocketClientTransport::bytesToWrite() const
{
    return m_socket->bytesToWrite();
}

void WebSocketClientTransport::trim()
{
    if (m_state == State::Open && !m_check)
        m_frames->trim();
}

void WebSocketClientTransport::close()
{
    switch (m_state) {
    case State::Open:
        m_state = State::Closing;
        m_closeTimer.start(int(closeDeadline.count()), this);
        m_socket->close();
        break;
    case State::Idle:
    case State::Opening:
        m_state = State::Closing;
        // Later, so that close() never signals before it returns.
        m_closeTimer.start(0, this);
        break;
    case State::Closing:
    case State::Closed:
        break;
    }
}

void WebSocketClientTransport::abort()
{
    m_state = State::Closed;
    m_closeTimer.stop();
    if (m_frames)
        m_frames->stop();
    m_socket->disconnect(this);
    m_socket->abort();
}

void WebSocketClientTransport::timerEvent(QTimerEvent *event)
{
    if (event->timerId() == m_closeTimer.timerId())
        finish({u"transport-close"_s, u"The connection to %1 was closed."_s.arg(hostAndPort(m_url)),
                u"the peer did not answer the goodbye"_s});
}

void WebSocketClientTransport::onConnected()
{
    if (m_state != State::Opening)
        return;
    const InSignal inSignal(this, m_signalDepth);
    if (m_check && !m_check->isSatisfied())
        return failOpening(QAbstractSocket::SslHandshakeFailedError);
    if (!takeOver()) {
        finish({u"transport-error"_s, u"This program cannot talk to %1."_s.arg(hostAndPort(m_url)),
                u"this version of QWebSocket hides its socket"_s});
        return;
    }
    m_state = State::Open;
    const QPointer<WebSocketFrames> frames(m_frames.get());
    Q_EMIT opened();
    if (frames) // what came in one piece with the answer to the handshake
        frames->readWaiting();
}

void WebSocketClientTransport::onReadyRead()
{
    const InSignal inSignal(this, m_signalDepth);
    m_frames->readWaiting();
}

/// From here QWebSocket reads nothing any more. Its socket is its child, in every Qt 6.
bool WebSocketClientTransport::takeOver()
{
    auto *socket = m_socket->findChild<QTcpSocket *>({}, Qt::FindDirectChildrenOnly);
    if (!socket || !disconnect(socket, &QTcpSocket::readyRead, m_socket.get(), nullptr))
        return false;
    WebSocketFrames::Listener *const listener = this;
    m_frames = std::make_unique<WebSocketFrames>(socket, listener, m_options.maxMessageSize);
    connect(socket, &QTcpSocket::readyRead, this, &WebSocketClientTransport::onReadyRead);
    return true;
}

void WebSocketClientTransport::onDisconnected()
{
    const InSignal inSignal(this, m_signalDepth);
    if (m_state == State::Opening) // comes before error() if nobody answers
        failOpening(m_socket->error());
    else
        finish(closeFrameError(m_socket->closeCode(), m_url, m_socket->closeReason()));
}

void WebSocketClientTransport::onError(QAbstractSocket::SocketError error)
{
    const InSignal inSignal(this, m_signalDepth);
    // QWebSocket stays in its connecting state for ever after a refusal, so every error is the end here.
    if (m_state == State::Opening)
        failOpening(error);
    else
        finish(brokenError(error, m_url, m_socket->errorString()));
}

void WebSocketClientTransport::failOpening(QAbstractSocket::SocketError error)
{
    finish(openError({.error = error,
                      .url = m_url,
                      .detail = m_socket->errorString(),
                      .reachedServer = m_socket->peerPort() != 0,
                      .distrust = m_check ? m_check->rejection() : std::nullopt}));
}

void WebSocketClientTransport::textReceived(QByteArrayView text)
{
    Hubbub::Result<Packet> packet = decodePacket(text, TextCheck::Done);
    if (packet)
        deliver(*packet);
    else
        finish({u"parse-error"_s,
                u"The server at %1 sent something that is not Engine.IO."_s.arg(hostAndPort(m_url)),
                packet.error().code + u": "_s + packet.error().cause});
}

void WebSocketClientTransport::binaryReceived(QByteArrayView data)
{
    deliver({PacketType::Message, data.toByteArray(), true});
}

void WebSocketClientTransport::closeNeeded(quint16 code, const QString &reason)
{
    if (m_state == State::Open)
        m_state = State::Closing; // nothing can be sent any more
    m_closeTimer.start(int(closeDeadline.count()), this);
    const auto close = [socket = m_socket.get(), code, reason] {
        socket->close(QWebSocketProtocol::CloseCode(code), reason);
    };
    // A QSslSocket that is closed while it reads loses its TLS below the reader.
    if (m_check)
        QMetaObject::invokeMethod(m_socket.get(), close, Qt::QueuedConnection);
    else
        close();
}

void WebSocketClientTransport::onBytesWritten()
{
    const InSignal inSignal(this, m_signalDepth);
    if (m_state == State::Open)
        Q_EMIT bytesWritten();
}

void WebSocketClientTransport::deliver(const Packet &packet)
{
    if (m_state == State::Open)
        Q_EMIT packetReceived(packet);
}

void WebSocketClientTransport::finish(const Hubbub::Error &why)
{
    if (m_state == State::Closed)
        return;
    abort();
    Q_EMIT closed(why);
}

} // namespace EngineIo
