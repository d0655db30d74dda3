// SPDX-License-Identifier: MIT
// With websockethandshake and websocketacceptor, all of the server that knows QtWebSockets. Its defects, as
// of Qt 6.4, are met here or before: limits are set before the first frame can be read, closing has our own
// deadline, frames are seen before it reads them, and written by us.
#include "server-lite/transport/qtwebsocket.h"

#include "server-lite/transport/websocketframe.h"

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

} // namespace

QtWebSocket::QtWebSocket(QTcpSocket *socket, const ServerOptions &options, Hubbub::DeadlineQueue &deadlines)
    : WebSocketTransport(options, deadlines)
    , m_socket(socket)
    , m_plain(qobject_cast<QSslSocket *>(socket) == nullptr)
{
    connect(socket, &QTcpSocket::readyRead, this, &QtWebSocket::inspect);
}

QtWebSocket::~QtWebSocket()
{
    if (!m_webSocket)
        return;
    m_webSocket->disconnect(this);
    if (!isOver())
        cut();
}

bool QtWebSocket::isWritable() const
{
    return !m_closing && m_webSocket->state() == QAbstractSocket::ConnectedState;
}

/// What is closed while a QSslSocket reads loses its TLS below the reader, and closing makes it read more: so
/// it is closed from the event loop, and what comes until then is nobody's.
void QtWebSocket::close(QWebSocketProtocol::CloseCode code, const QString &reason)
{
    if (std::exchange(m_closing, true))
        return;
    if (m_readDepth == 0)
        return m_webSocket->close(code, reason);
    QMetaObject::invokeMethod(
        m_webSocket.get(), [socket = m_webSocket.get(), code, reason] { socket->close(code, reason); },
        Qt::QueuedConnection);
}

void QtWebSocket::cut()
{
    m_closing = true;
    if (m_readDepth == 0)
        m_webSocket->abort();
    else
        QMetaObject::invokeMethod(m_webSocket.get(), &QWebSocket::abort, Qt::QueuedConnection);
}

void QtWebSocket::fail(QWebSocketProtocol::CloseCode code, const char *reason)
{
    m_failed = true;
    close(code, QString::fromLatin1(reason));
}

/// QWebSocket does not get to read what broke the rules, or came after that.
void QtWebSocket::inspect()
{
    if (!m_webSocket)
        return;
    ++m_readDepth;
    if (m_closing && m_socket)
        m_socket->skip(m_socket->bytesAvailable());
    if (!m_socket || !isWritable())
        return;
    switch (m_guard.inspect(*m_socket)) {
    case WebSocketGuard::Verdict::Lawful:
        return;
    case WebSocketGuard::Verdict::Unmasked:
        fail(QWebSocketProtocol::CloseCodeProtocolError, "a frame without a mask");
        break;
    case WebSocketGuard::Verdict::TooManyFragments:
        fail(QWebSocketProtocol::CloseCodePolicyViolated, "too many fragments");
        break;
    case WebSocketGuard::Verdict::TooManyControlFrames:
        fail(QWebSocketProtocol::CloseCodePolicyViolated, "too many control frames");
        break;
    }
    m_socket->skip(m_socket->bytesAvailable());
}

/// Behind QWebSocket's own slot, which answers pings without telling anybody.
void QtWebSocket::wasRead()
{
    m_readDepth = std::max(m_readDepth - 1, 0);
    if (m_socket)
        m_guard.wasRead(*m_socket);
    answered();
}

void QtWebSocket::binaryMessage(const QByteArray &data)
{
    if (!m_guard.nextBinaryIsText())
        binaryReceived(data);
    else if (data.isValidUtf8())
        textReceived(data);
    else
        fail(QWebSocketProtocol::CloseCodeWrongDatatype, "text that is not UTF-8");
}

void QtWebSocket::attach(std::unique_ptr<QWebSocket> webSocket, const ServerOptions &options)
{
    m_webSocket = std::move(webSocket);
    m_webSocket->setMaxAllowedIncomingFrameSize(quint64(options.maxHttpBufferSize));
    m_webSocket->setMaxAllowedIncomingMessageSize(quint64(options.maxHttpBufferSize));
    connect(m_webSocket.get(), &QWebSocket::disconnected, this, &QtWebSocket::disconnected);
    connect(m_webSocket.get(), qOverload<QAbstractSocket::SocketError>(&QWebSocket::error), this,
            [this](QAbstractSocket::SocketError error) {
                m_failed |= error != QAbstractSocket::RemoteHostClosedError;
            });
    connect(m_webSocket.get(), &QWebSocket::textMessageReceived, this,
            [this](const QString &text) { textReceived(text.toUtf8()); });
    connect(m_webSocket.get(), &QWebSocket::binaryMessageReceived, this, &QtWebSocket::binaryMessage);
    // The handshake is the only thing that went through Qt's buffers: an idle connection needs them no more.
    connect(m_socket, &QTcpSocket::bytesWritten, this, &QtWebSocket::trim,
            Qt::ConnectionType(Qt::QueuedConnection | Qt::SingleShotConnection));
    connect(m_socket, &QTcpSocket::readyRead, this, &QtWebSocket::wasRead);
}

void QtWebSocket::disconnected()
{
    const quint16 code = quint16(m_webSocket->closeCode());
    if (m_failed)
        ended(CloseReason::TransportError, m_webSocket->closeReason());
    else
        ended(code, m_webSocket->closeReason());
}

void QtWebSocket::write(std::vector<Outgoing> &items)
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
    QTcpSocket *socket = m_socket;
    if (!socket)
        return;
    qint64 sent = 0;
    if (m_plain && socket->bytesToWrite() == 0)
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
void QtWebSocket::trim()
{
    QTcpSocket *socket = m_socket;
    if (m_plain && isWritable() && socket && socket->bytesAvailable() == 0 && socket->bytesToWrite() == 0)
        socket->QIODevice::open(socket->openMode());
}

} // namespace EngineIo
