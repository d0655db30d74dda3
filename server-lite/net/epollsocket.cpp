// SPDX-License-Identifier: MIT
#include "server-lite/net/epollsocket.h"

#include <QtCore/QEvent>

#include <algorithm>
#include <cstring>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

namespace Hubbub
{

namespace
{
constexpr qsizetype keptCapacity = 16 * 1024; // of a buffer that is empty again

void empty(QByteArray &buffer)
{
    if (buffer.capacity() > keptCapacity)
        buffer = {};
    else
        buffer.resize(0);
}

int optionLevel(QAbstractSocket::SocketOption option)
{
    return option == QAbstractSocket::LowDelayOption ? IPPROTO_TCP : SOL_SOCKET;
}

int optionName(QAbstractSocket::SocketOption option)
{
    switch (option) {
    case QAbstractSocket::LowDelayOption:
        return TCP_NODELAY;
    case QAbstractSocket::KeepAliveOption:
        return SO_KEEPALIVE;
    case QAbstractSocket::SendBufferSizeSocketOption:
        return SO_SNDBUF;
    case QAbstractSocket::ReceiveBufferSizeSocketOption:
        return SO_RCVBUF;
    default:
        return -1;
    }
}
} // namespace

std::unique_ptr<EpollSocket> EpollSocket::create(const ConnectionCount &counted)
{
    if (!qobject_cast<EpollDispatcher *>(QAbstractEventDispatcher::instance()))
        return nullptr;
    return std::unique_ptr<EpollSocket>(new EpollSocket(counted));
}

EpollSocket::~EpollSocket()
{
    setSocketState(UnconnectedState); // the base class has nothing to close
}

bool EpollSocket::setSocketDescriptor(qintptr descriptor, SocketState, OpenMode)
{
    sockaddr_storage peer{};
    socklen_t size = sizeof peer;
    if (m_stream || ::getpeername(int(descriptor), reinterpret_cast<sockaddr *>(&peer), &size) != 0) {
        setSocketError(SocketResourceError);
        ::close(int(descriptor));
        return false;
    }
    setPeerAddress(QHostAddress(reinterpret_cast<const sockaddr *>(&peer)));
    const in_port_t port = peer.ss_family == AF_INET6 ? reinterpret_cast<const sockaddr_in6 &>(peer).sin6_port
                                                      : reinterpret_cast<const sockaddr_in &>(peer).sin_port;
    setPeerPort(ntohs(port));
    m_stream.emplace(int(descriptor), std::move(m_counted));
    m_stream->setListener(this);
    setSocketState(ConnectedState);
    QIODevice::open(ReadWrite | Unbuffered);
    joinLoop();
    return true;
}

/// Moved to another thread, it leaves that loop at once and enters the new one from there.
bool EpollSocket::event(QEvent *event)
{
    if (event->type() == QEvent::ThreadChange) {
        if (m_stream)
            m_stream->leaveLoop();
        QMetaObject::invokeMethod(this, &EpollSocket::joinLoop, Qt::QueuedConnection);
    }
    return QTcpSocket::event(event);
}

void EpollSocket::joinLoop()
{
    if (m_stream && !m_stream->enterLoop())
        end(UnsupportedSocketOperationError, QStringLiteral("this thread has no epoll loop"));
}

void EpollSocket::limitReading()
{
    if (m_stream)
        m_stream->setReading(m_readLimit == 0 || unread() < m_readLimit);
}

void EpollSocket::bytesReceived(std::span<char> bytes)
{
    if (!isOpen())
        return; // who closed it wants no more, though the peer may still be talking
    if (m_inTaken == m_in.size()) {
        empty(m_in);
        m_inTaken = 0;
    }
    m_in.append(bytes.data(), qsizetype(bytes.size()));
    limitReading();
    Q_EMIT readyRead();
}

std::optional<EpollStream> EpollSocket::takeStream(QByteArray &unread)
{
    // Moved here in this very turn, it may not have joined the loop yet.
    if (!m_stream || !m_stream->takesBytes() || !m_stream->enterLoop())
        return std::nullopt;
    unread = QIODevice::bytesAvailable() > 0 ? readAll() : QByteArray();
    unread += unreadBytes();
    m_in = {};
    m_inTaken = 0;
    m_stream->setReading(true);
    setSocketState(UnconnectedState);
    std::optional<EpollStream> taken(std::move(*m_stream));
    m_stream.reset();
    return taken;
}

qint64 EpollSocket::readData(char *data, qint64 size)
{
    if (unread() == 0)
        return m_stream ? 0 : -1;
    const qint64 taken = std::min(size, unread());
    std::copy_n(m_in.constData() + m_inTaken, taken, data);
    skipData(taken);
    return taken;
}

qint64 EpollSocket::readLineData(char *data, qint64 size)
{
    const qsizetype end = unreadBytes().indexOf('\n');
    return readData(data, end < 0 ? size : std::min<qint64>(size, end + 1));
}

qint64 EpollSocket::skipData(qint64 size)
{
    const qint64 skipped = std::min(size, unread());
    m_inTaken += skipped;
    if (unread() == 0) {
        empty(m_in);
        m_inTaken = 0;
    }
    limitReading();
    return skipped;
}

qint64 EpollSocket::writeData(const char *data, qint64 size)
{
    if (m_stream)
        m_stream->send(QByteArrayView(data, size));
    return size;
}

void EpollSocket::setReadBufferSize(qint64 size)
{
    m_readLimit = size;
    limitReading();
}

void EpollSocket::setSocketOption(SocketOption option, const QVariant &value)
{
    const int number = value.toInt();
    if (const int name = optionName(option); name >= 0 && m_stream)
        ::setsockopt(m_stream->descriptor(), optionLevel(option), name, &number, sizeof number);
}

QVariant EpollSocket::socketOption(SocketOption option)
{
    int number = -1;
    socklen_t size = sizeof number;
    const int name = optionName(option);
    if (name < 0 || !m_stream
        || ::getsockopt(m_stream->descriptor(), optionLevel(option), name, &number, &size) != 0)
        return {};
    return number;
}

/// Also what abort() ends in; it has taken the write channel away before, since what waits is to be lost.
void EpollSocket::close()
{
    const bool aborted = isOpen() && writeChannelCount() == 0;
    QIODevice::close();
    m_in = {};
    m_inTaken = 0;
    if (aborted)
        end(UnknownSocketError, {});
    else
        disconnectFromHost();
}

void EpollSocket::disconnectFromHost()
{
    if (state() != ConnectedState)
        return;
    if (bytesToWrite() == 0) {
        end(UnknownSocketError, {});
        return;
    }
    setSocketState(ClosingState);
    Q_EMIT stateChanged(ClosingState);
}

void EpollSocket::bytesSent(qint64 count)
{
    if (state() == ClosingState && bytesToWrite() == 0)
        end(UnknownSocketError, {});
    else
        Q_EMIT bytesWritten(count);
}

void EpollSocket::streamEnded(int error)
{
    const bool byPeer = error == 0 || error == ECONNRESET || error == EPIPE;
    end(byPeer ? RemoteHostClosedError : NetworkError,
        error == 0 ? QStringLiteral("The remote host closed the connection")
                   : QString::fromLocal8Bit(std::strerror(error)));
}

/// In the order the base class tells it. Anybody who hears of it may destroy the socket.
void EpollSocket::end(SocketError error, const QString &text)
{
    if (!m_stream)
        return;
    m_stream.reset();
    const QPointer<EpollSocket> guard(this);
    if (!text.isEmpty()) {
        setSocketError(error);
        setErrorString(text);
        Q_EMIT errorOccurred(error);
        if (!guard)
            return;
    }
    setSocketState(UnconnectedState);
    Q_EMIT stateChanged(UnconnectedState);
    if (guard)
        Q_EMIT readChannelFinished();
    if (guard)
        Q_EMIT disconnected();
}

} // namespace Hubbub
