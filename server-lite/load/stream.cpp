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
    m_isConnected = false;
    m_descriptor = socket(network.address->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (m_descriptor < 0)
        return end(explainSocketError(errno));
    const int on = 1;
    setsockopt(m_descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (connect(m_descriptor, network.address->ai_addr, network.address->ai_addrlen) != 0
        && errno != EINPROGRESS)
        return end(explainSocketError(errno));
    m_waitsToWrite = true;
    epoll_event event{EPOLLIN | EPOLLOUT, {.ptr = this}};
    if (epoll_ctl(m_epoll, EPOLL_CTL_ADD, m_descriptor, &event) != 0)
        return end(explainSocketError(errno));
}

void Stream::close()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
    m_descriptor = -1;
    m_in.clear();
    m_out.clear();
}

void Stream::end(const std::string &why)
{
    close();
    m_owner.ended(*this, why);
}

void Stream::stopReading()
{
    epoll_ctl(m_epoll, EPOLL_CTL_DEL, m_descriptor, nullptr);
}

void Stream::watch(bool toWrite)
{
    m_waitsToWrite = toWrite;
    epoll_event event{EPOLLIN | (toWrite ? EPOLLOUT : 0u), {.ptr = this}};
    epoll_ctl(m_epoll, EPOLL_CTL_MOD, m_descriptor, &event);
}

void Stream::ready(std::uint32_t events)
{
    if (m_descriptor < 0)
        return; // closed by another event of the same turn
    if (!m_isConnected) {
        int error = 0;
        socklen_t size = sizeof error;
        getsockopt(m_descriptor, SOL_SOCKET, SO_ERROR, &error, &size);
        if (error)
            return end(explainSocketError(error));
        if (!(events & EPOLLOUT))
            return;
        m_isConnected = true;
        m_owner.connected(*this);
    }
    if (m_descriptor >= 0 && (events & EPOLLOUT))
        flush();
    if (m_descriptor >= 0 && (events & (EPOLLIN | EPOLLHUP | EPOLLERR)))
        read();
}

void Stream::flush()
{
    if (m_descriptor < 0 || !m_isConnected)
        return;
    while (!m_out.empty()) {
        const ssize_t sent = ::send(m_descriptor, m_out.data(), m_out.size(), MSG_NOSIGNAL);
        if (sent < 0 && errno != EAGAIN)
            return end(explainSocketError(errno));
        if (sent < 0)
            break;
        m_out.erase(0, std::size_t(sent));
    }
    if (m_waitsToWrite == m_out.empty())
        watch(!m_out.empty());
}

void Stream::read()
{
    static std::array<char, 256 * 1024> buffer;
    const ssize_t got = recv(m_descriptor, buffer.data(), buffer.size(), 0);
    if (got < 0 && errno == EAGAIN)
        return;
    if (got <= 0)
        return end(got < 0 ? explainSocketError(errno) : "the server closed the connection");
    const std::string_view bytes(buffer.data(), std::size_t(got));
    if (m_in.empty()) {
        const std::size_t used = m_owner.received(*this, bytes);
        if (m_descriptor >= 0 && used < bytes.size())
            m_in.assign(bytes.substr(used));
        return;
    }
    m_in.append(bytes);
    std::string pending;
    pending.swap(m_in); // the owner may close this stream
    const std::size_t used = m_owner.received(*this, pending);
    if (m_descriptor >= 0 && used < pending.size())
        m_in.assign(pending, used);
}

} // namespace Load
