// SPDX-License-Identifier: MIT
#include "server-lite/net/epollstream.h"

#include <algorithm>
#include <array>
#include <cerrno>

#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

namespace Hubbub
{

namespace
{
constexpr size_t chunksAtOnce = 256; // below IOV_MAX

bool isTransient(int error)
{
    return error == EAGAIN || error == EWOULDBLOCK || error == EINTR;
}
} // namespace

EpollStream::EpollStream(int descriptor, CountedConnection counted)
    : m_descriptor(descriptor)
    , m_counted(std::move(counted))
{
}

EpollStream::EpollStream(EpollStream &&other) noexcept
    : m_descriptor(std::exchange(other.m_descriptor, -1))
    , m_reading(other.m_reading)
    , m_closing(other.m_closing)
    , m_out(std::exchange(other.m_out, {}))
    , m_outSent(std::exchange(other.m_outSent, 0))
    , m_loop(std::exchange(other.m_loop, nullptr))
    , m_counted(std::move(other.m_counted))
{
    watch();
}

EpollStream::~EpollStream()
{
    close();
}

bool EpollStream::enterLoop()
{
    m_loop = qobject_cast<EpollDispatcher *>(QAbstractEventDispatcher::instance());
    watch();
    return !m_loop.isNull();
}

void EpollStream::leaveLoop()
{
    if (m_loop && isOpen())
        m_loop->unwatch(m_descriptor);
    m_loop.clear();
}

void EpollStream::watch()
{
    if (m_loop && isOpen())
        m_loop->watch(m_descriptor, this,
                      (m_reading ? quint32(EPOLLIN | EPOLLRDHUP) : 0u)
                          | (m_out.isEmpty() ? 0u : quint32(EPOLLOUT)));
}

void EpollStream::descriptorReady(quint32 events)
{
    // Whoever hears of what was sent may destroy this: what there is to read is then told again.
    if ((events & EPOLLOUT) && sendWaiting())
        return;
    const bool over = events & quint32(EPOLLERR | EPOLLHUP); // told whether asked for or not
    if ((events & ~quint32(EPOLLOUT)) && (m_reading || over))
        receive();
}

void EpollStream::setReading(bool on)
{
    if (std::exchange(m_reading, on) != on)
        watch();
}

void EpollStream::receive()
{
    const std::span<char> buffer = sharedReceiveBuffer();
    const ssize_t got = ::recv(m_descriptor, buffer.data(), buffer.size(), MSG_DONTWAIT);
    if (got > 0) {
        if (m_listener)
            m_listener->bytesReceived(buffer.first(size_t(got)));
    } else if (got == 0) {
        end(0);
    } else if (!isTransient(errno)) {
        end(errno);
    }
}

void EpollStream::send(QByteArrayView chunk)
{
    if (!takesBytes())
        return;
    // An error that lasts comes up again when the socket is read, and is told there.
    ssize_t sent = 0;
    const bool clear = m_out.isEmpty();
    if (clear)
        sent = ::send(m_descriptor, chunk.data(), size_t(chunk.size()), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent == chunk.size())
        return;
    m_out.append(chunk.sliced(std::max<ssize_t>(0, sent)));
    if (clear)
        watch();
}

void EpollStream::send(std::span<const QByteArrayView> chunks)
{
    if (chunks.size() == 1)
        return send(chunks.front());
    if (!takesBytes())
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
        if (!blocked) {
            msghdr message{};
            message.msg_iov = vectors.data();
            message.msg_iovlen = count;
            sent = ::sendmsg(m_descriptor, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
        }
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

/// True if somebody was told, who may have destroyed this.
bool EpollStream::sendWaiting()
{
    if (m_out.isEmpty())
        return false;
    const ssize_t sent = ::send(m_descriptor, m_out.constData() + m_outSent, size_t(waitingBytes()),
                                MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent <= 0)
        return false; // what lasts, receive() finds
    m_outSent += sent;
    if (m_outSent == m_out.size()) {
        m_out = {};
        m_outSent = 0;
        watch();
        if (m_closing)
            ::shutdown(m_descriptor, SHUT_WR);
    } else if (m_outSent > m_out.size() / 2) {
        m_out.remove(0, m_outSent);
        m_outSent = 0;
    }
    if (m_listener)
        m_listener->bytesSent(sent);
    return true;
}

void EpollStream::shutDown()
{
    if (!takesBytes())
        return;
    m_closing = true;
    if (m_out.isEmpty())
        ::shutdown(m_descriptor, SHUT_WR);
}

void EpollStream::close()
{
    if (!isOpen())
        return;
    if (m_loop)
        m_loop->unwatch(m_descriptor, EpollDispatcher::Unwatch::ClosedNext);
    ::close(std::exchange(m_descriptor, -1));
    m_out = {};
    m_outSent = 0;
}

void EpollStream::end(int error)
{
    close();
    if (m_listener)
        m_listener->streamEnded(error);
}

} // namespace Hubbub
