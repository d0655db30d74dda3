// SPDX-License-Identifier: MIT
#include "tests/bench/load/client.h"

#include "tests/bench/load/options.h"
#include "tests/bench/load/process.h"

#include <netdb.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>

namespace Load
{

namespace
{

/// What stands between the packet's type and its data: nothing for "/", else "NSP,".
std::string prefixOf(const Options &options)
{
    return options.nsp == "/" ? std::string() : options.nsp + ',';
}

} // namespace

void Client::start(int epoll, const addrinfo &address)
{
    m_startedAt = nanoseconds();
    m_epoll = epoll;
    m_descriptor = socket(address.ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (m_descriptor < 0)
        return lose(std::strerror(errno));
    const int on = 1;
    setsockopt(m_descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    m_state = State::Connecting;
    if (connect(m_descriptor, address.ai_addr, address.ai_addrlen) != 0 && errno != EINPROGRESS)
        return lose(std::strerror(errno));
    m_waitsToWrite = true;
    epoll_event event{EPOLLIN | EPOLLOUT, {.ptr = this}};
    if (epoll_ctl(epoll, EPOLL_CTL_ADD, m_descriptor, &event) != 0)
        return lose(std::strerror(errno));
    m_out =
        "GET " + m_options.path + "?EIO=4&transport=websocket HTTP/1.1\r\nHost: " + m_options.host + ':'
        + m_options.port
        + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: aHViYnViLWxvYWQtMTYtYg==\r\n"
          "Sec-WebSocket-Version: 13\r\nUser-Agent: hubbub-load\r\n\r\n";
}

void Client::close()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
    m_descriptor = -1;
    m_state = State::New;
    nextId = 0;
    firstSent = 0;
    sentAt.clear();
    m_in.clear();
    m_fragments.clear();
    m_out.clear();
}

void Client::stopReading()
{
    epoll_ctl(m_epoll, EPOLL_CTL_DEL, m_descriptor, nullptr);
}

void Client::lose(const std::string &why)
{
    close();
    m_state = State::Lost;
    m_listener.lost(*this, why);
}

void Client::ready(std::uint32_t events)
{
    if (m_descriptor < 0)
        return; // closed by another event of the same turn
    if (m_state == State::Connecting) {
        int error = 0;
        socklen_t size = sizeof error;
        getsockopt(m_descriptor, SOL_SOCKET, SO_ERROR, &error, &size);
        if (error)
            return lose(std::strerror(error));
        if (events & EPOLLOUT)
            m_state = State::Upgrading;
    }
    if (events & EPOLLOUT)
        flush();
    if (m_descriptor >= 0 && (events & (EPOLLIN | EPOLLHUP | EPOLLERR)))
        read();
}

void Client::flush()
{
    while (!m_out.empty()) {
        const ssize_t sent = send(m_descriptor, m_out.data(), m_out.size(), MSG_NOSIGNAL);
        if (sent < 0 && errno != EAGAIN)
            return lose(std::strerror(errno));
        if (sent < 0)
            break;
        m_out.erase(0, std::size_t(sent));
    }
    if (m_waitsToWrite != !m_out.empty()) {
        m_waitsToWrite = !m_out.empty();
        epoll_event event{EPOLLIN | (m_waitsToWrite ? EPOLLOUT : 0u), {.ptr = this}};
        epoll_ctl(m_epoll, EPOLL_CTL_MOD, m_descriptor, &event);
    }
}

void Client::read()
{
    static std::array<char, 256 * 1024> buffer;
    const ssize_t got = recv(m_descriptor, buffer.data(), buffer.size(), 0);
    if (got < 0 && errno == EAGAIN)
        return;
    if (got <= 0)
        return lose(got < 0 ? std::strerror(errno) : "the server closed the connection");
    const std::string_view bytes(buffer.data(), std::size_t(got));
    if (m_in.empty()) {
        const std::size_t used = consume(bytes);
        if (m_descriptor >= 0 && used < bytes.size())
            m_in.assign(bytes.substr(used));
        return;
    }
    m_in.append(bytes);
    std::string pending;
    pending.swap(m_in); // consume() may close this client
    const std::size_t used = consume(pending);
    if (m_descriptor >= 0 && used < pending.size())
        m_in.assign(pending, used);
}

std::size_t Client::consume(std::string_view bytes)
{
    std::size_t used = 0;
    if (m_state == State::Upgrading) {
        const auto end = bytes.find("\r\n\r\n");
        if (end == std::string_view::npos)
            return 0;
        takeUpgrade(bytes.substr(0, end));
        used = end + 4;
    }
    while (m_descriptor >= 0) {
        const Frame frame = readFrame(bytes.substr(used));
        if (!frame.size)
            break;
        used += frame.size;
        takeFrame(frame);
    }
    return used;
}

void Client::takeUpgrade(std::string_view head)
{
    if (head.substr(0, head.find("\r\n")).find(" 101") == std::string_view::npos)
        return lose("no WebSocket: " + std::string(head.substr(0, head.find("\r\n"))));
    m_state = State::Opening;
}

void Client::takeFrame(const Frame &frame)
{
    switch (frame.opcode) {
    case Opcode::Text:
        if (frame.final)
            return takePacket(frame.payload);
        m_fragments.assign(frame.payload);
        return;
    case Opcode::Continuation:
        m_fragments.append(frame.payload);
        if (frame.final)
            takePacket(std::string(m_fragments));
        return;
    case Opcode::Binary:
        return;
    case Opcode::Close:
        return lose("the server closed the WebSocket");
    case Opcode::Ping:
        appendFrame(m_out, Opcode::Pong, frame.payload);
        return flush();
    case Opcode::Pong:
        return;
    }
}

void Client::takePacket(std::string_view packet)
{
    if (packet.empty())
        return;
    switch (packet.front()) { // the types of Engine.IO
    case '0':
        m_state = State::Joining;
        return sendText("40" + prefixOf(m_options) + m_options.auth);
    case '1':
        return lose("the server closed the session");
    case '2':
        return sendText("3");
    case '4':
        return takeMessage(packet.substr(1));
    default:
        return;
    }
}

void Client::takeMessage(std::string_view message)
{
    if (message.empty())
        return;
    const char type = message.front(); // the types of Socket.IO
    message.remove_prefix(1);
    if (m_options.nsp != "/" && message.starts_with(m_options.nsp))
        message.remove_prefix(std::min(message.size(), m_options.nsp.size() + 1));
    if (type == '3') {
        std::uint64_t id = 0;
        std::from_chars(message.data(), message.data() + message.size(), id);
        m_listener.acknowledged(*this, id);
    } else if (type == '2') {
        const std::string &name = m_options.event;
        if (message.size() > name.size() + 3 && message.starts_with("[\"")
            && message.substr(2, name.size()) == name && message[2 + name.size()] == '"')
            m_listener.received(*this, message.substr(3 + name.size()));
    } else if (type == '0') {
        m_state = State::Joined;
        m_listener.joined(*this);
    } else if (type == '4' || type == '1') {
        lose("refused: " + std::string(message));
    }
}

void Client::sendText(std::string_view text)
{
    if (m_descriptor < 0)
        return;
    appendFrame(m_out, Opcode::Text, text);
    flush();
}

} // namespace Load
