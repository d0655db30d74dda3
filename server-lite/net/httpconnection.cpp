// SPDX-License-Identifier: MIT
#include "server-lite/net/httpconnection.h"

#include "server-lite/net/httpwriter.h"

#include <QtNetwork/QSslSocket>

#ifdef Q_OS_LINUX
#include "server-lite/net/epollsocket.h"
#endif

#include <array>

#ifdef Q_OS_UNIX
#include <sys/socket.h>
#endif

namespace Hubbub
{

using namespace std::chrono_literals;

namespace
{
constexpr qint64 readStep = 64 * 1024;
// How much may wait behind a request that is not answered yet; more stays with the kernel, and then with the
// peer.
constexpr qint64 readAhead = 128 * 1024;
// Above this, answers the peer has not read yet hold back the requests behind them; the head's deadline ends
// it.
constexpr qint64 answersAhead = 256 * 1024;
// An answer that closes is given this long to be read before the connection is cut.
constexpr auto lingerTime = 2s;

QHostAddress withoutMapping(const QHostAddress &address)
{
    bool mapped = false;
    const quint32 v4 = address.toIPv4Address(&mapped);
    return mapped ? QHostAddress(v4) : address;
}
} // namespace

HttpConnection::HttpConnection(quint64 id, QTcpSocket *socket, HttpConnectionHost &host,
                               const HttpLimits &limits, DeadlineQueue &deadlines, QObject *parent)
    : QObject(parent)
    , m_id(id)
    , m_socket(socket)
    , m_host(host)
    , m_limits(limits)
    , m_parser(limits)
    , m_deadline(deadlines, [this] { abort(); })
{
    m_socket->setParent(this);
    m_socket->setReadBufferSize(readAhead);
    connect(m_socket, &QTcpSocket::readyRead, this, &HttpConnection::process);
    connect(m_socket, &QTcpSocket::bytesWritten, this, &HttpConnection::process);
    connect(m_socket, &QTcpSocket::disconnected, this, &HttpConnection::becomeGone);
}

HttpConnection::~HttpConnection()
{
    if (m_socket)
        m_socket->disconnect(this);
}

void HttpConnection::start()
{
    if (m_socket->state() != QAbstractSocket::ConnectedState) {
        becomeGone();
        return;
    }
    m_deadline.start(m_limits.headTimeout);
    if (m_socket->bytesAvailable() > 0)
        process();
}

void HttpConnection::process()
{
    if (m_processing)
        return;
    m_processing = true;
    while ((m_state == State::Head && readHead()) || (m_state == State::Body && readBody())) { }
    if (m_state == State::Lingering)
        m_socket->skip(m_socket->bytesAvailable());
    m_processing = false;
}

/// What is unread, until something is read.
QByteArrayView HttpConnection::peek(qint64 most) const
{
#ifdef Q_OS_LINUX
    if (const auto *direct = qobject_cast<const EpollSocket *>(m_socket)) {
        const QByteArrayView unread = direct->unreadBytes();
        return unread.first(std::min<qint64>(most, unread.size()));
    }
#endif
    thread_local std::array<char, readStep> buffer;
    return {buffer.data(),
            qsizetype(std::max<qint64>(0, m_socket->peek(buffer.data(), std::min(most, readStep))))};
}

bool HttpConnection::readHead()
{
    if (m_socket->bytesToWrite() > answersAhead)
        return false;
    const qint64 wanted = std::min<qint64>(m_limits.headBytes + 1, readStep);
    const QByteArrayView bytes = peek(wanted);
    const qsizetype got = bytes.size();
    if (got <= m_headBytes)
        return false;
    m_headBytes += m_parser.feed(bytes.sliced(m_headBytes));
    if (m_parser.state() == HttpParser::State::Failed) {
        refuse();
        return false;
    }
    if (m_parser.state() == HttpParser::State::Head) {
        if (got >= wanted)
            respond({431, "text/plain; charset=utf-8", {}, "request head too large", true});
        return false;
    }

    HttpRequest head = m_parser.request();
    head.peerAddress = withoutMapping(m_socket->peerAddress());
    head.peerPort = m_socket->peerPort();
    head.secure = qobject_cast<QSslSocket *>(m_socket) != nullptr;
    m_headRequest = head.method == "HEAD";
    m_keepAlive = head.keepAlive;
    m_state = State::Body;
    m_deadline.start(m_limits.bodyTimeout);
    if (!m_host.headReceived(*this, head) || m_state != State::Body)
        return m_state == State::Head;
    m_socket->skip(m_headBytes);
    m_headBytes = 0;
    if (m_parser.state() == HttpParser::State::Body && m_parser.expectsContinue())
        m_socket->write("HTTP/1.1 100 Continue\r\n\r\n");
    return true;
}

bool HttpConnection::readBody()
{
    while (m_parser.state() == HttpParser::State::Body) {
        const QByteArrayView bytes = peek(readStep);
        if (bytes.isEmpty())
            return false;
        const qsizetype used = m_parser.feed(bytes);
        if (m_parser.state() == HttpParser::State::Failed) {
            refuse();
            return false;
        }
        if (used == 0)
            return false;
        m_socket->skip(used);
    }
    HttpRequest request = m_parser.takeRequest();
    request.peerAddress = withoutMapping(m_socket->peerAddress());
    request.peerPort = m_socket->peerPort();
    request.secure = qobject_cast<QSslSocket *>(m_socket) != nullptr;
    m_state = State::Answering;
    m_deadline.stop();
    m_host.requestReceived(*this, std::move(request));
    return m_state == State::Head;
}

void HttpConnection::refuse()
{
    if (m_state == State::Head)
        m_state = State::Body; // an answer is due now, though no request was understood
    respond({m_parser.failureStatus(), "text/plain; charset=utf-8", {}, m_parser.failureText(), true});
}

void HttpConnection::respond(const HttpResponse &response)
{
    const bool early = m_state == State::Head || m_state == State::Body;
    if (!early && m_state != State::Answering)
        return;
    m_abortHandler = nullptr;
    const bool keepAlive = m_keepAlive && !early && !response.close;
    m_socket->write(encodeResponse(response, keepAlive, m_headRequest));
    if (!keepAlive) {
        linger();
        return;
    }
    m_parser.reset();
    m_headBytes = 0;
    m_state = State::Head;
    m_deadline.start(m_limits.headTimeout);
    m_socket->flush(); // may find that the peer left, or that there is room for the next request
    if (m_state == State::Head && m_socket->bytesAvailable() > 0)
        process();
}

/// Closing with unread bytes in the kernel would reset the connection and could take the answer with it. So
/// our direction is closed first, and what still comes is thrown away for a moment.
void HttpConnection::linger()
{
    m_state = State::Lingering;
    m_deadline.start(lingerTime);
#ifdef Q_OS_UNIX
    if (!qobject_cast<QSslSocket *>(m_socket)) {
        m_socket->flush();
        if (m_state != State::Lingering)
            return;
        if (m_socket->bytesToWrite() == 0) {
            ::shutdown(int(m_socket->socketDescriptor()), SHUT_WR);
        } else {
            connect(m_socket, &QTcpSocket::bytesWritten, this, [this] {
                if (m_socket->bytesToWrite() == 0)
                    ::shutdown(int(m_socket->socketDescriptor()), SHUT_WR);
            });
        }
        m_socket->skip(m_socket->bytesAvailable());
        return;
    }
#endif
    m_socket->disconnectFromHost();
}

QTcpSocket *HttpConnection::takeSocket()
{
    QTcpSocket *socket = std::exchange(m_socket, nullptr);
    socket->disconnect(this);
    socket->setParent(nullptr);
    socket->setReadBufferSize(0);
    m_abortHandler = nullptr;
    becomeGone();
    return socket;
}

void HttpConnection::closeWhenIdle()
{
    m_keepAlive = false;
    if (m_state == State::Head)
        abort();
}

void HttpConnection::abort()
{
    if (m_socket)
        m_socket->abort(); // says disconnected(), if it was connected
    becomeGone();
}

void HttpConnection::becomeGone()
{
    if (m_state == State::Gone)
        return;
    m_state = State::Gone;
    m_deadline.stop();
    if (const auto handler = std::exchange(m_abortHandler, nullptr))
        handler();
    m_host.connectionGone(*this);
}

} // namespace Hubbub
