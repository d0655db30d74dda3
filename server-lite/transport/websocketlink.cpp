// SPDX-License-Identifier: MIT
#include "server-lite/transport/websocketlink.h"

#include "server-lite/transport/websocketframe.h"

#include <QtCore/QVarLengthArray>

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

WebSocketTransport::QtLink::QtLink(QTcpSocket *socket)
    : m_socket(socket)
    , m_firstLook(connect(socket, &QTcpSocket::readyRead, socket, [this] { inspect(); }))
    , m_plain(qobject_cast<QSslSocket *>(socket) == nullptr)
{
}

WebSocketTransport::QtLink::~QtLink()
{
    QObject::disconnect(m_firstLook);
}

/// What is closed while a QSslSocket reads loses its TLS below the reader, and closing makes it read more: so
/// it is closed from the event loop, and what comes until then is nobody's.
void WebSocketTransport::QtLink::close(QWebSocketProtocol::CloseCode code, const QString &reason)
{
    if (std::exchange(m_closing, true))
        return;
    if (m_readDepth == 0)
        return webSocket->close(code, reason);
    QMetaObject::invokeMethod(
        webSocket.get(), [socket = webSocket.get(), code, reason] { socket->close(code, reason); },
        Qt::QueuedConnection);
}

void WebSocketTransport::QtLink::cut()
{
    m_closing = true;
    if (m_readDepth == 0)
        webSocket->abort();
    else
        QMetaObject::invokeMethod(webSocket.get(), &QWebSocket::abort, Qt::QueuedConnection);
}

/// QWebSocket does not get to read what broke the rules, or came after that.
void WebSocketTransport::QtLink::inspect()
{
    ++m_readDepth;
    if (m_closing && m_socket)
        m_socket->skip(m_socket->bytesAvailable());
    if (!m_transport || !m_socket || !isOpen())
        return;
    const auto close = [this](QWebSocketProtocol::CloseCode code, const char *reason) {
        this->close(code, QString::fromLatin1(reason));
        m_socket->skip(m_socket->bytesAvailable());
    };
    switch (m_guard.inspect(*m_socket)) {
    case WebSocketGuard::Verdict::Lawful:
        return;
    case WebSocketGuard::Verdict::Unmasked:
        failed = true;
        return close(QWebSocketProtocol::CloseCodeProtocolError, "a frame without a mask");
    case WebSocketGuard::Verdict::TooManyFragments:
        failed = true;
        return close(QWebSocketProtocol::CloseCodePolicyViolated, "too many fragments");
    case WebSocketGuard::Verdict::TooManyControlFrames:
        failed = true;
        return close(QWebSocketProtocol::CloseCodePolicyViolated, "too many control frames");
    }
}

void WebSocketTransport::QtLink::binaryReceived(const QByteArray &data)
{
    if (!m_guard.nextBinaryIsText()) {
        m_transport->binaryReceived(data);
    } else if (data.isValidUtf8()) {
        m_transport->textReceived(data);
    } else {
        failed = true;
        close(QWebSocketProtocol::CloseCodeWrongDatatype, QStringLiteral("text that is not UTF-8"));
    }
}

void WebSocketTransport::QtLink::attach(WebSocketTransport &transport, const ServerOptions &options)
{
    m_transport = &transport;
    webSocket->setMaxAllowedIncomingFrameSize(quint64(options.maxHttpBufferSize));
    webSocket->setMaxAllowedIncomingMessageSize(quint64(options.maxHttpBufferSize));
    connect(webSocket.get(), &QWebSocket::textMessageReceived, &transport,
            [&transport](const QString &text) { transport.textReceived(text.toUtf8()); });
    connect(webSocket.get(), &QWebSocket::binaryMessageReceived, &transport,
            [this](const QByteArray &data) { binaryReceived(data); });
    // The handshake is the only thing that went through Qt's buffers: an idle connection needs them no more.
    connect(m_socket, &QTcpSocket::bytesWritten, &transport, &WebSocketTransport::trim,
            Qt::ConnectionType(Qt::QueuedConnection | Qt::SingleShotConnection));
    // Behind QWebSocket's own slot, which answers pings without telling anybody.
    connect(m_socket, &QTcpSocket::readyRead, &transport, [this, &transport] {
        m_readDepth = std::max(m_readDepth - 1, 0);
        if (m_socket)
            m_guard.wasRead(*m_socket);
        transport.answered();
    });
}

void WebSocketTransport::QtLink::write(std::vector<Outgoing> &items)
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
void WebSocketTransport::QtLink::trim()
{
    QTcpSocket *socket = m_socket;
    if (m_plain && isOpen() && socket && socket->bytesAvailable() == 0 && socket->bytesToWrite() == 0)
        socket->QIODevice::open(socket->openMode());
}

#ifdef Q_OS_LINUX

WebSocketTransport::DirectLink::DirectLink(Hubbub::EpollSocket *socket, QByteArray early,
                                           qint64 maxMessageBytes)
    : m_socket(socket)
    , m_decoder(Hubbub::WebSocketDecoder::Peer::Client, maxMessageBytes)
    , m_early(std::move(early))
{
    m_socket->setTap(this);
}

WebSocketTransport::DirectLink::~DirectLink()
{
    if (m_socket)
        m_socket->setTap(nullptr);
}

void WebSocketTransport::DirectLink::attach(WebSocketTransport &transport, const ServerOptions &)
{
    m_transport = &transport;
    trim();
}

void WebSocketTransport::DirectLink::readEarly()
{
    QByteArray early = std::exchange(m_early, {});
    if (!early.isEmpty())
        bytesReceived({early.data(), std::size_t(early.size())});
}

void WebSocketTransport::DirectLink::bytesReceived(std::span<char> bytes)
{
    using Kind = Hubbub::WebSocketItem::Kind;
    if (!m_transport || !m_early.isEmpty()) {
        m_early.append(bytes.data(), qsizetype(bytes.size()));
        return;
    }
    m_decoder.feed(bytes);
    for (;;) {
        const Hubbub::WebSocketItem item = m_decoder.next();
        switch (item.kind) {
        case Kind::More:
            return;
        case Kind::Text:
            m_transport->textReceived(item.bytes);
            break;
        case Kind::Binary:
            m_transport->binaryReceived(item.bytes.toByteArray());
            break;
        case Kind::Control:
            if (!m_controls.take(ControlFrameLimit::Clock::now())) {
                failed = true;
                webSocket->close(QWebSocketProtocol::CloseCodePolicyViolated,
                                 QStringLiteral("too many control frames"));
                return;
            }
            if (m_socket)
                m_socket->feed(item.bytes);
            m_transport->answered();
            break;
        case Kind::Violation:
            webSocket->close(QWebSocketProtocol::CloseCode(item.closeCode), QString::fromLatin1(item.reason));
            return;
        }
        if (!isOpen())
            return;
    }
}

void WebSocketTransport::DirectLink::write(std::vector<Outgoing> &items)
{
    qint64 controlBytes = 0;
    for (const Outgoing &item : items)
        controlBytes += item.frames ? 0 : item.size() + largestFrameHeader;
    QByteArray controls;
    controls.reserve(controlBytes); // the views below stay good
    QVarLengthArray<QByteArrayView, 32> chunks;
    for (const Outgoing &item : items) {
        if (item.frames) {
            chunks.append(item.frames->webSocketBytes());
            continue;
        }
        const qsizetype from = controls.size();
        appendWebSocketFrame(controls, item.control);
        chunks.append(QByteArrayView(controls).sliced(from));
    }
    if (m_socket)
        m_socket->sendChunks({chunks.constData(), std::size_t(chunks.size())});
    items.clear();
}

void WebSocketTransport::DirectLink::trim()
{
    if (m_socket)
        m_socket->trim();
}

bool WebSocketTransport::DirectLink::setReading(bool on)
{
    if (m_socket)
        m_socket->setReading(on);
    return true;
}

void WebSocketTransport::DirectLink::cut()
{
    if (m_socket)
        m_socket->cut();
}

#endif

} // namespace EngineIo
