// SPDX-License-Identifier: MIT
#include "server-lite/load/stream.h"

#include <netdb.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

namespace Load
{

std::string explainSocketError(int error)
{
    switch (error) {
    case ECONNREFUSED:
        return "connection refused: nothing listens there; is the server running, and is that its port?";
    case EMFILE:
    case ENFILE:
        return "too many open files: raise the limit with \"ulimit -n\", or use fewer --clients";
    case EADDRNOTAVAIL:
        return "this machine has no local port left: one address and port can be reached by as many "
               "connections "
               "as net.ipv4.ip_local_port_range has ports";
    case ETIMEDOUT:
        return "no answer: the host is not there, or something drops what is sent to it";
    case EHOSTUNREACH:
    case ENETUNREACH:
        return "there is no way to that host from here";
    case ECONNRESET:
    case EPIPE:
        return "the server reset the connection";
    default:
        return std::strerror(error);
    }
}

void Stream::open(const Network &network)
{
    m_epoll = network.epoll;
    m_in.clear();
    m_out.clear();
    m_descriptor = socket(network.address->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    m_state = State::Connecting;
    if (m_descriptor < 0)
        return end(explainSocketError(errno));
    const int on = 1;
    setsockopt(m_descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (connect(m_descriptor, network.address->ai_addr, network.address->ai_addrlen) != 0
        && errno != EINPROGRESS)
        return end(explainSocketError(errno));
    if (network.tls)
        m_tls = std::make_unique<TlsSession>(*network.tls, m_descriptor);
    m_waitsToWrite = true;
    epoll_event event{EPOLLIN | EPOLLOUT, {.ptr = this}};
    if (epoll_ctl(m_epoll, EPOLL_CTL_ADD, m_descriptor, &event) != 0)
        return end(explainSocketError(errno));
}

void Stream::close()
{
    if (m_tls && m_state == State::Open)
        m_tls->sayGoodbye();
    m_tls.reset();
    if (m_descriptor >= 0)
        ::close(m_descriptor);
    m_descriptor = -1;
    m_state = State::Closed;
    m_in.clear();
    m_out.clear();
}

void Stream::end(const std::string &why)
{
    m_state = State::Closed; // TLS, too, is over: nothing may be said any more
    close();
    m_owner.ended(*this, why);
}

void Stream::stopReading()
{
    epoll_ctl(m_epoll, EPOLL_CTL_DEL, m_descriptor, nullptr);
}

void Stream::watch(bool toWrite)
{
    if (std::exchange(m_waitsToWrite, toWrite) == toWrite)
        return;
    epoll_event event{EPOLLIN | (toWrite ? EPOLLOUT : 0u), {.ptr = this}};
    epoll_ctl(m_epoll, EPOLL_CTL_MOD, m_descriptor, &event);
}

/// Each of these may close the stream; what closed it may be another event of the same turn.
void Stream::ready(std::uint32_t events)
{
    if (m_state == State::Connecting) {
        int error = 0;
        socklen_t size = sizeof error;
        getsockopt(m_descriptor, SOL_SOCKET, SO_ERROR, &error, &size);
        if (error)
            return end(explainSocketError(error));
        if (!(events & EPOLLOUT))
            return;
        connected();
    }
    if (m_state == State::ShakingHands)
        return shakeHands();
    if (m_state == State::Open && (events & EPOLLOUT))
        flush();
    if (m_state == State::Open && (events & (EPOLLIN | EPOLLHUP | EPOLLERR)))
        read();
}

void Stream::connected()
{
    if (m_tls) {
        m_state = State::ShakingHands;
        return;
    }
    m_state = State::Open;
    m_owner.connected(*this);
}

void Stream::shakeHands()
{
    const Progress progress = m_tls->shakeHands();
    if (progress == Progress::Over)
        return end(std::string(m_tls->why()));
    if (progress != Progress::Done)
        return watch(progress == Progress::WaitsToWrite);
    m_state = State::Open;
    m_owner.connected(*this);
    if (m_state == State::Open)
        flush();
    if (m_state == State::Open && m_tls->hasUnread())
        read();
}

Stream::Progress Stream::send(std::string_view text, std::size_t &bytes, std::string &why)
{
    if (m_tls) {
        const Progress progress = m_tls->send(text, bytes);
        why = m_tls->why();
        return progress;
    }
    const ssize_t sent = ::send(m_descriptor, text.data(), text.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno == EAGAIN)
        return Progress::WaitsToWrite;
    if (sent < 0)
        why = explainSocketError(errno);
    bytes = std::size_t(sent);
    return sent < 0 ? Progress::Over : Progress::Done;
}

Stream::Progress Stream::receive(std::span<char> room, std::size_t &bytes, std::string &why)
{
    if (m_tls) {
        const Progress progress = m_tls->receive(room, bytes);
        why = m_tls->why();
        return progress;
    }
    const ssize_t got = recv(m_descriptor, room.data(), room.size(), 0);
    if (got < 0 && errno == EAGAIN)
        return Progress::WaitsToRead;
    if (got <= 0)
        why = got < 0 ? explainSocketError(errno) : "the server closed the connection";
    bytes = std::size_t(got);
    return got <= 0 ? Progress::Over : Progress::Done;
}

void Stream::flush()
{
    if (m_state != State::Open)
        return;
    std::string_view rest = m_out;
    while (!rest.empty()) {
        std::size_t sent = 0;
        std::string why;
        const Progress progress = send(rest, sent, why);
        if (progress == Progress::Over)
            return end(why);
        if (progress != Progress::Done)
            break;
        rest.remove_prefix(sent);
    }
    m_out.erase(0, m_out.size() - rest.size());
    watch(!m_out.empty());
}

/// Of TLS, all that was decrypted or waits for it: the kernel does not tell of it again.
void Stream::read()
{
    static std::array<char, 256 * 1024> buffer;
    do {
        std::size_t got = 0;
        std::string why;
        const Progress progress = receive(buffer, got, why);
        if (progress == Progress::Over)
            return end(why);
        if (progress != Progress::Done)
            return;
        take({buffer.data(), got});
    } while (m_state == State::Open && m_tls && m_tls->hasUnread());
}

void Stream::take(std::string_view bytes)
{
    if (m_in.empty()) {
        const std::size_t used = m_owner.received(*this, bytes);
        if (isOpen() && used < bytes.size())
            m_in.assign(bytes.substr(used));
        return;
    }
    m_in.append(bytes);
    std::string pending;
    pending.swap(m_in); // the owner may close this stream
    const std::size_t used = m_owner.received(*this, pending);
    if (isOpen() && used < pending.size())
        m_in.assign(pending, used);
}

} // namespace Load
