// SPDX-License-Identifier: MIT
#include "server-lite/net/epollsocket.h"

#include <QtCore/QEvent>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

namespace Hubbub
{

namespace
{
constexpr size_t receiveStep = 256 * 1024;
constexpr size_t chunksAtOnce = 256; // below IOV_MAX
constexpr qsizetype keptCapacity = 16 * 1024; // of a buffer that is empty again

/// One for all sockets of a thread: nobody keeps what is in it.
std::span<char> sharedBuffer()
{
    thread_local const auto buffer = std::make_unique<std::array<char, receiveStep>>();
    return *buffer;
}

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

bool isTransient(int error)
{
    return error == EAGAIN || error == EWOULDBLOCK || error == EINTR;
}
} // namespace

std::unique_ptr<EpollSocket> EpollSocket::create(std::shared_ptr<void> owned)
{
    auto *loop = qobject_cast<EpollDispatcher *>(QAbstractEventDispatcher::instance());
    if (!loop)
        return nullptr;
    return std::unique_ptr<EpollSocket>(new EpollSocket(loop, std::move(owned)));
}

EpollSocket::EpollSocket(EpollDispatcher *loop, std::shared_ptr<void> owned)
    : m_loop(loop)
    , m_owned(std::move(owned))
{
}

EpollSocket::~EpollSocket()
{
    if (m_descriptor < 0)
        return;
    if (m_tap)
        m_tap->socketEnded();
    if (m_loop)
        m_loop->unwatch(m_descriptor);
    ::close(m_descriptor);
    m_descriptor = -1;
    setSocketState(UnconnectedState); // the base class has nothing to close
}

bool EpollSocket::setSocketDescriptor(qintptr descriptor, SocketState, OpenMode)
{
    sockaddr_storage peer{};
    socklen_t size = sizeof peer;
    if (m_phase != Phase::New
        || ::getpeername(int(descriptor), reinterpret_cast<sockaddr *>(&peer), &size) != 0) {
        setSocketError(SocketResourceError);
        ::close(int(descriptor));
        return false;
    }
    setPeerAddress(QHostAddress(reinterpret_cast<const sockaddr *>(&peer)));
    const in_port_t port = peer.ss_family == AF_INET6 ? reinterpret_cast<const sockaddr_in6 &>(peer).sin6_port
                                                      : reinterpret_cast<const sockaddr_in &>(peer).sin_port;
    setPeerPort(ntohs(port));
    m_descriptor = int(descriptor);
    m_phase = Phase::Open;
    setSocketState(ConnectedState);
    QIODevice::open(ReadWrite | Unbuffered);
    watch();
    return true;
}

void EpollSocket::watch()
{
    if (!m_loop || m_descriptor < 0)
        return;
    const bool full = !m_reading || (m_readLimit > 0 && unread() >= m_readLimit);
    m_loop->watch(m_descriptor, this,
                  (full ? 0u : quint32(EPOLLIN | EPOLLRDHUP)) | (m_out.isEmpty() ? 0u : quint32(EPOLLOUT)));
}

/// Moved to another thread, it leaves that loop at once and enters the new one from there.
bool EpollSocket::event(QEvent *event)
{
    if (event->type() == QEvent::ThreadChange) {
        if (m_loop && m_descriptor >= 0)
            m_loop->unwatch(m_descriptor);
        m_loop.clear();
        QMetaObject::invokeMethod(this, &EpollSocket::joinLoop, Qt::QueuedConnection);
    }
    return QTcpSocket::event(event);
}

void EpollSocket::joinLoop()
{
    m_loop = qobject_cast<EpollDispatcher *>(QAbstractEventDispatcher::instance());
    if (m_loop)
        watch();
    else
        end(UnsupportedSocketOperationError, QStringLiteral("this thread has no epoll loop"));
}

void EpollSocket::descriptorReady(quint32 events)
{
    const QPointer<EpollSocket> guard(this);
    if (events & EPOLLOUT)
        sendWaiting();
    const bool over = events & quint32(EPOLLERR | EPOLLHUP); // told whether asked for or not
    if (guard && m_descriptor >= 0 && (events & ~quint32(EPOLLOUT)) && (m_reading || over))
        receive();
}

void EpollSocket::setReading(bool on)
{
    if (std::exchange(m_reading, on) != on)
        watch();
}

void EpollSocket::receive()
{
    const std::span<char> buffer = sharedBuffer();
    const ssize_t got = ::recv(m_descriptor, buffer.data(), buffer.size(), MSG_DONTWAIT);
    if (got > 0) {
        if (m_tap)
            m_tap->bytesReceived(buffer.first(size_t(got)));
        else
            feed(QByteArrayView(buffer.data(), got));
    } else if (got == 0) {
        end(RemoteHostClosedError, QStringLiteral("The remote host closed the connection"));
    } else if (!isTransient(errno)) {
        const bool reset = errno == ECONNRESET || errno == EPIPE;
        end(reset ? RemoteHostClosedError : NetworkError, QString::fromLocal8Bit(std::strerror(errno)));
    }
}

void EpollSocket::feed(QByteArrayView bytes)
{
    if (!isOpen())
        return; // who closed it wants no more, though the peer may still be talking
    if (m_inTaken == m_in.size()) {
        empty(m_in);
        m_inTaken = 0;
    }
    m_in.append(bytes);
    if (m_readLimit > 0)
        watch();
    Q_EMIT readyRead();
}

QByteArray EpollSocket::takeUnread()
{
    QByteArray all = QIODevice::bytesAvailable() > 0 ? readAll() : QByteArray();
    all += QByteArrayView(m_in).sliced(m_inTaken);
    m_in = {};
    m_inTaken = 0;
    return all;
}

qint64 EpollSocket::readData(char *data, qint64 size)
{
    if (unread() == 0)
        return m_descriptor >= 0 ? 0 : -1;
    const qint64 taken = std::min(size, unread());
    std::memcpy(data, m_in.constData() + m_inTaken, size_t(taken));
    skipData(taken);
    return taken;
}

qint64 EpollSocket::readLineData(char *data, qint64 size)
{
    const QByteArrayView rest = QByteArrayView(m_in).sliced(m_inTaken);
    const qsizetype end = rest.indexOf('\n');
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
    if (m_readLimit > 0)
        watch();
    return skipped;
}

qint64 EpollSocket::writeData(const char *data, qint64 size)
{
    const QByteArrayView chunk(data, size);
    sendChunks({&chunk, 1});
    return size;
}

void EpollSocket::sendChunks(std::span<const QByteArrayView> chunks)
{
    if (m_descriptor < 0)
        return;
    const bool clear = m_out.isEmpty();
    bool blocked = !clear;
    for (size_t next = 0; next < chunks.size();) {
        std::array<iovec, chunksAtOnce> vectors;
        const size_t count = std::min(chunksAtOnce, chunks.size() - next);
        size_t wanted = 0;
        for (size_t i = 0; i < count; ++i) {
            const QByteArrayView chunk = chunks[next + i];
            // sendmsg() only reads, but POSIX gives iovec no const.
            // NOLINTNEXTLINE(cppcoreguidelines-pro-type-const-cast)
            vectors[i] = {const_cast<char *>(chunk.data()), size_t(chunk.size())};
            wanted += size_t(chunk.size());
        }
        ssize_t sent = 0;
        if (!blocked && count == 1) {
            sent = ::send(m_descriptor, vectors[0].iov_base, wanted, MSG_NOSIGNAL | MSG_DONTWAIT);
        } else if (!blocked) {
            msghdr message{};
            message.msg_iov = vectors.data();
            message.msg_iovlen = count;
            sent = ::sendmsg(m_descriptor, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
        }
        // An error that lasts comes up again when the socket is read, and is told there.
        auto taken = size_t(std::max<ssize_t>(0, sent));
        blocked |= taken < wanted;
        for (size_t i = 0; i < count; ++i) {
            const size_t skipped = std::min(taken, vectors[i].iov_len);
            taken -= skipped;
            if (skipped < vectors[i].iov_len)
                m_out.append(static_cast<const char *>(vectors[i].iov_base) + skipped,
                             qsizetype(vectors[i].iov_len - skipped));
        }
        next += count;
    }
    if (clear && blocked)
        watch();
}

void EpollSocket::sendWaiting()
{
    if (m_out.isEmpty())
        return;
    const ssize_t sent = ::send(m_descriptor, m_out.constData() + m_outSent, size_t(m_out.size() - m_outSent),
                                MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent <= 0)
        return; // what lasts, receive() finds
    m_outSent += sent;
    if (m_outSent == m_out.size()) {
        m_out = {};
        m_outSent = 0;
        watch();
    } else if (m_outSent > m_out.size() / 2) {
        m_out.remove(0, m_outSent);
        m_outSent = 0;
    }
    if (m_phase == Phase::Closing && m_out.isEmpty()) {
        end(UnknownSocketError, {});
        return;
    }
    Q_EMIT bytesWritten(sent);
}

void EpollSocket::setReadBufferSize(qint64 size)
{
    m_readLimit = size;
    watch();
}

void EpollSocket::setSocketOption(SocketOption option, const QVariant &value)
{
    const int number = value.toInt();
    if (const int name = optionName(option); name >= 0 && m_descriptor >= 0)
        ::setsockopt(m_descriptor, optionLevel(option), name, &number, sizeof number);
}

QVariant EpollSocket::socketOption(SocketOption option)
{
    int number = -1;
    socklen_t size = sizeof number;
    const int name = optionName(option);
    if (name < 0 || m_descriptor < 0
        || ::getsockopt(m_descriptor, optionLevel(option), name, &number, &size) != 0)
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
        cut();
    else
        disconnectFromHost();
}

void EpollSocket::disconnectFromHost()
{
    if (m_phase != Phase::Open)
        return;
    if (m_out.isEmpty()) {
        end(UnknownSocketError, {});
        return;
    }
    m_phase = Phase::Closing;
    setSocketState(ClosingState);
    Q_EMIT stateChanged(ClosingState);
}

void EpollSocket::cut()
{
    m_out = {};
    m_outSent = 0;
    end(UnknownSocketError, {});
}

void EpollSocket::trim()
{
    // Opening the device again, as the base class does it, drops its empty buffers and nothing else.
    if (m_phase == Phase::Open && QIODevice::bytesAvailable() == 0)
        QIODevice::open(openMode());
}

/// In the order the base class tells it. Anybody who hears of it may destroy the socket.
void EpollSocket::end(SocketError error, const QString &text)
{
    if (m_descriptor < 0)
        return;
    m_phase = Phase::Ended;
    if (m_loop)
        m_loop->unwatch(m_descriptor);
    ::close(std::exchange(m_descriptor, -1));
    m_out = {};
    m_outSent = 0;
    if (SocketTap *tap = std::exchange(m_tap, nullptr))
        tap->socketEnded();
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
