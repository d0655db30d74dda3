// SPDX-License-Identifier: MIT
// With websocketlink and websocketacceptor, all of the server that knows QtWebSockets. Its defects, as of Qt
// 6.4, are met here or before: limits are set before the first frame can be read, closing has our own
// deadline, frames are written by us and, but for TLS and other event loops, read by us.
#include "server-lite/transport/websockettransport.h"

#include "server-lite/transport/websocketlink.h"

namespace EngineIo
{

namespace
{

bool brokeTheRules(QWebSocketProtocol::CloseCode code)
{
    switch (code) {
    case QWebSocketProtocol::CloseCodeProtocolError:
    case QWebSocketProtocol::CloseCodeDatatypeNotSupported:
    case QWebSocketProtocol::CloseCodeWrongDatatype:
    case QWebSocketProtocol::CloseCodePolicyViolated:
    case QWebSocketProtocol::CloseCodeTooMuchData:
        return true;
    default:
        return false;
    }
}

} // namespace

WebSocketTransport::WebSocketTransport(std::unique_ptr<Link> link, const ServerOptions &options,
                                       Hubbub::DeadlineQueue &deadlines)
    : m_link(std::move(link))
    , m_closeTimeout(options.closeTimeout)
    , m_closeDeadline(deadlines, [this] { m_link->cut(); })
{
    QWebSocket *webSocket = m_link->webSocket.get();
    connect(webSocket, &QWebSocket::disconnected, this, &WebSocketTransport::disconnected);
    connect(webSocket, qOverload<QAbstractSocket::SocketError>(&QWebSocket::error), this,
            [this](QAbstractSocket::SocketError error) {
                m_link->failed |= error != QAbstractSocket::RemoteHostClosedError;
            });
    m_link->attach(*this, options);
}

WebSocketTransport::~WebSocketTransport()
{
    m_link->webSocket->disconnect(this);
    if (!isOver())
        m_link->cut();
}

void WebSocketTransport::setListener(TransportListener *listener)
{
    m_listener = listener;
#ifdef Q_OS_LINUX
    if (auto *direct = dynamic_cast<DirectLink *>(m_link.get()); direct && direct->hasEarly())
        QMetaObject::invokeMethod(
            this, [direct] { direct->readEarly(); }, Qt::QueuedConnection);
#endif
}

bool WebSocketTransport::isWritable() const
{
    return m_link->isOpen();
}

bool WebSocketTransport::isOver() const
{
    return m_link->webSocket->state() == QAbstractSocket::UnconnectedState;
}

qint64 WebSocketTransport::queuedBytes() const
{
    return m_link->queuedBytes();
}

void WebSocketTransport::write(std::vector<Outgoing> &items)
{
    m_link->write(items);
}

void WebSocketTransport::trim()
{
    m_link->trim();
}

bool WebSocketTransport::setReading(bool on)
{
    return m_link->setReading(on);
}

void WebSocketTransport::end(TransportEnd how)
{
    m_link->setReading(true); // or the end of the connection would not be seen
    m_listener = nullptr;
    if (isOver())
        return;
    if (how == TransportEnd::Cut) {
        m_link->cut();
        return;
    }
    m_closeDeadline.start(m_closeTimeout);
    m_link->close();
}

void WebSocketTransport::textReceived(QByteArrayView text)
{
    if (!m_listener)
        return;
    auto packet = decodePacket(text);
    if (packet)
        m_listener->packetReceived(*this, std::move(*packet));
    else
        m_listener->packetInvalid(*this, packet.error());
}

void WebSocketTransport::binaryReceived(QByteArray data)
{
    if (m_listener)
        m_listener->packetReceived(*this, {PacketType::Message, std::move(data), true});
}

/// A control frame may have been answered, by QWebSocket and into the socket's queue.
void WebSocketTransport::answered()
{
    if (m_listener && queuedBytes() > 0)
        m_listener->transportQueued(*this);
}

void WebSocketTransport::disconnected()
{
    m_closeDeadline.stop();
    const bool broken = m_link->failed || brokeTheRules(m_link->webSocket->closeCode());
    if (m_listener)
        m_listener->transportClosed(*this, broken ? CloseReason::TransportError : CloseReason::TransportClose,
                                    m_link->webSocket->closeReason());
}

} // namespace EngineIo
