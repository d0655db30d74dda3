// SPDX-License-Identifier: MIT
// The only file of the server that knows QtWebSockets. Its defects, as of Qt 6.4, are met here or before:
// bytes behind the handshake are refused by the caller (they would be parsed before anybody listens), limits
// are set before the first frame can be read, closing has our own deadline, frames are written by us. Not
// met, since Qt gives no way: unmasked client frames are accepted, and a fragmented message may pause for 5 s
// at most.
#include "server-lite/transport/websockettransport.h"

#include "server-lite/transport/websocketacceptor.h"
#include "server-lite/transport/websocketframe.h"

#include <QtCore/QHash>
#include <QtCore/QPointer>
#include <QtNetwork/QSslSocket>
#include <QtWebSockets/QWebSocket>
#include <QtWebSockets/QWebSocketServer>

#include <limits>

#ifdef Q_OS_UNIX
#include <sys/socket.h>
#include <sys/uio.h>
#endif

namespace EngineIo
{

namespace
{

/// Writes what the kernel takes without waiting; returns how many bytes that were.
qint64 writeStraight([[maybe_unused]] qintptr descriptor,
                     [[maybe_unused]] const std::vector<QByteArray> &chunks)
{
    qint64 total = 0;
#ifdef Q_OS_UNIX
    constexpr size_t chunksAtOnce = 256; // below every system's IOV_MAX
    iovec vectors[chunksAtOnce];
    for (size_t next = 0; next < chunks.size();) {
        size_t count = 0;
        size_t wanted = 0;
        for (; count < chunksAtOnce && next + count < chunks.size(); ++count) {
            const QByteArray &chunk = chunks[next + count];
            // sendmsg() only reads, but POSIX gives iovec no const.
            // NOLINTNEXTLINE(cppcoreguidelines-pro-type-const-cast)
            vectors[count] = {const_cast<char *>(chunk.constData()), size_t(chunk.size())};
            wanted += size_t(chunk.size());
        }
        msghdr message{};
        message.msg_iov = vectors;
        message.msg_iovlen = count;
        const ssize_t sent = ::sendmsg(int(descriptor), &message, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent > 0)
            total += sent;
        // An error shows again in Qt's own write, which knows how to report it.
        if (sent < 0 || size_t(sent) < wanted)
            break;
        next += count;
    }
#endif
    return total;
}

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

class WebSocketTransport::Link
{
public:
    Link(QTcpSocket *tcp, QWebSocket *webSocket)
        : socket(tcp)
        , webSocket(webSocket)
        , plain(qobject_cast<QSslSocket *>(tcp) == nullptr)
    {
    }

    QPointer<QTcpSocket> socket; ///< the acceptor's, deleted with the connection
    std::unique_ptr<QWebSocket> webSocket;
    bool plain;
    bool failed = false;
};

WebSocketTransport::WebSocketTransport(std::unique_ptr<Link> link, const ServerOptions &options,
                                       Hubbub::DeadlineQueue &deadlines)
    : m_link(std::move(link))
    , m_closeTimeout(options.closeTimeout)
    , m_closeDeadline(deadlines, [this] { m_link->webSocket->abort(); })
{
    QWebSocket *webSocket = m_link->webSocket.get();
    webSocket->setMaxAllowedIncomingFrameSize(quint64(options.maxHttpBufferSize));
    webSocket->setMaxAllowedIncomingMessageSize(quint64(options.maxHttpBufferSize));
    connect(webSocket, &QWebSocket::textMessageReceived, this, &WebSocketTransport::textReceived);
    connect(webSocket, &QWebSocket::binaryMessageReceived, this, &WebSocketTransport::binaryReceived);
    connect(webSocket, &QWebSocket::disconnected, this, &WebSocketTransport::disconnected);
    connect(webSocket, qOverload<QAbstractSocket::SocketError>(&QWebSocket::error), this,
            [this](QAbstractSocket::SocketError error) {
                m_link->failed |= error != QAbstractSocket::RemoteHostClosedError;
            });
    // The handshake is the only thing that went through Qt's buffers: an idle connection needs them no more.
    connect(m_link->socket, &QTcpSocket::bytesWritten, this, &WebSocketTransport::trim,
            Qt::ConnectionType(Qt::QueuedConnection | Qt::SingleShotConnection));
    // Behind QWebSocket's own slot, which answers pings without telling anybody.
    connect(m_link->socket, &QTcpSocket::readyRead, this, [this] {
        if (m_listener && queuedBytes() > 0)
            m_listener->transportQueued(*this);
    });
}

WebSocketTransport::~WebSocketTransport()
{
    m_link->webSocket->disconnect(this);
    if (!isOver())
        m_link->webSocket->abort();
}

bool WebSocketTransport::isWritable() const
{
    return m_link->webSocket->state() == QAbstractSocket::ConnectedState;
}

bool WebSocketTransport::isOver() const
{
    return m_link->webSocket->state() == QAbstractSocket::UnconnectedState;
}

qint64 WebSocketTransport::queuedBytes() const
{
    return m_link->socket ? m_link->socket->bytesToWrite() : 0;
}

void WebSocketTransport::write(std::vector<Outgoing> &items)
{
    std::vector<QByteArray> chunks;
    chunks.reserve(items.size());
    for (const Outgoing &item : items) {
        if (item.frames) {
            chunks.push_back(item.frames->webSocketBytes());
        } else {
            QByteArray frame;
            appendWebSocketFrame(frame, item.control);
            chunks.push_back(std::move(frame));
        }
    }
    items.clear();
    QTcpSocket *socket = m_link->socket;
    if (!socket)
        return;
    qint64 sent = 0;
    if (m_link->plain && socket->bytesToWrite() == 0)
        sent = writeStraight(socket->socketDescriptor(), chunks);
    for (const QByteArray &chunk : chunks) {
        const qint64 skipped = std::min<qint64>(sent, chunk.size());
        sent -= skipped;
        if (skipped < chunk.size())
            socket->write(chunk.constData() + skipped, chunk.size() - skipped);
    }
}

/// QTcpSocket keeps a 16 KB chunk for each direction once it has been used. Opening the device again, as the
/// base class does it, drops both when they are empty and touches neither the connection nor its notifiers.
void WebSocketTransport::trim()
{
    QTcpSocket *socket = m_link->socket;
    if (m_link->plain && isWritable() && socket && socket->bytesAvailable() == 0
        && socket->bytesToWrite() == 0)
        socket->QIODevice::open(socket->openMode());
}

void WebSocketTransport::end(TransportEnd how)
{
    m_listener = nullptr;
    if (isOver())
        return;
    if (how == TransportEnd::Cut) {
        m_link->webSocket->abort();
        return;
    }
    m_closeDeadline.start(m_closeTimeout);
    m_link->webSocket->close();
}

void WebSocketTransport::textReceived(const QString &text)
{
    if (!m_listener)
        return;
    auto packet = decodePacket(text.toUtf8());
    if (packet)
        m_listener->packetReceived(*this, std::move(*packet));
    else
        m_listener->packetInvalid(*this, packet.error());
}

void WebSocketTransport::binaryReceived(const QByteArray &data)
{
    if (m_listener)
        m_listener->packetReceived(*this, {PacketType::Message, data, true});
}

void WebSocketTransport::disconnected()
{
    m_closeDeadline.stop();
    const bool broken = m_link->failed || brokeTheRules(m_link->webSocket->closeCode());
    if (m_listener)
        m_listener->transportClosed(*this, broken ? CloseReason::TransportError : CloseReason::TransportClose,
                                    m_link->webSocket->closeReason());
}

class WebSocketAcceptor::Private
{
public:
    using Key = std::pair<QHostAddress, quint16>;
    struct Pending {
        QTcpSocket *socket = nullptr;
        Accepted done;
    };

    Private(const ServerOptions &options, Hubbub::DeadlineQueue &deadlines)
        : options(options)
        , deadlines(deadlines)
        , server(QStringLiteral("hubbub"), QWebSocketServer::NonSecureMode)
    {
        server.setMaxPendingConnections(std::numeric_limits<int>::max());
        QObject::connect(&server, &QWebSocketServer::newConnection, &server, [this] { takePending(); });
    }

    void takePending()
    {
        while (QWebSocket *webSocket = server.nextPendingConnection()) {
            const Pending taken = pending.take({webSocket->peerAddress(), webSocket->peerPort()});
            if (!taken.socket) {
                delete webSocket;
                continue;
            }
            taken.socket->disconnect(&context);
            auto link = std::make_unique<WebSocketTransport::Link>(taken.socket, webSocket);
            taken.done(std::unique_ptr<WebSocketTransport>(
                new WebSocketTransport(std::move(link), options, deadlines)));
        }
    }

    const ServerOptions &options;
    Hubbub::DeadlineQueue &deadlines;
    QHash<Key, Pending> pending;
    QObject context;
    QWebSocketServer server;
};

WebSocketAcceptor::WebSocketAcceptor(const ServerOptions &options, Hubbub::DeadlineQueue &deadlines)
    : d(std::make_unique<Private>(options, deadlines))
{
}

WebSocketAcceptor::~WebSocketAcceptor()
{
    for (const auto &pending : std::as_const(d->pending)) {
        pending.socket->disconnect(&d->context);
        pending.socket->abort();
        pending.socket->deleteLater();
    }
}

void WebSocketAcceptor::accept(QTcpSocket *socket, Accepted done)
{
    const Private::Key key{socket->peerAddress(), socket->peerPort()};
    d->pending.insert(key, {socket, std::move(done)});
    QObject::connect(socket, &QTcpSocket::disconnected, &d->context, [this, key] {
        if (const auto failed = d->pending.take(key); failed.done)
            failed.done(nullptr);
    });
    d->server.handleConnection(socket);
}

} // namespace EngineIo
