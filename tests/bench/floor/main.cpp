// SPDX-License-Identifier: MIT
// bench-floor PORT: the least a server of bench-server's wire bytes can do on this kernel. Plain epoll, one
// thread, no library but SHA-1 for the handshake: one recv() per readable socket, one send() per answer, and
// packets told apart by their first bytes alone. It trusts its peer, hubbub-load: frames come whole, masked
// and below 64 KB. It sets the mark that the real server's processor time is compared with; it serves nobody.
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <openssl/evp.h>
#include <openssl/sha.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

namespace
{

struct Peer {
    int descriptor;
    bool upgraded = false;
    std::size_t place = 0; ///< in Floor::m_joined
    bool joined = false;
};

class Floor
{
public:
    bool listenOn(int port);
    [[noreturn]] void serve();

private:
    void acceptAll();
    void read(Peer *peer);
    void upgrade(Peer *peer, std::string_view request);
    void take(Peer *peer, std::string_view packet);
    void drop(Peer *peer);
    void frame(std::string_view text);
    void sendTo(const Peer *peer, std::string_view bytes) const
    {
        [[maybe_unused]] const auto sent =
            ::send(peer->descriptor, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    }

    int m_listener = -1;
    int m_epoll = epoll_create1(EPOLL_CLOEXEC);
    std::vector<Peer *> m_joined;
    std::array<char, 256 * 1024> m_buffer{};
    std::string m_frame;
};

bool Floor::listenOn(int port)
{
    m_listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    const int on = 1;
    setsockopt(m_listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(uint16_t(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto *generic = reinterpret_cast<sockaddr *>(&address);
    if (bind(m_listener, generic, size) != 0 || listen(m_listener, 4096) != 0
        || getsockname(m_listener, generic, &size) != 0)
        return false;
    epoll_event event{EPOLLIN, {.ptr = nullptr}};
    epoll_ctl(m_epoll, EPOLL_CTL_ADD, m_listener, &event);
    std::printf("listening on http://127.0.0.1:%d\n", ntohs(address.sin_port));
    std::fflush(stdout);
    return true;
}

void Floor::serve()
{
    std::array<epoll_event, 512> events{};
    for (;;) {
        const int count = epoll_wait(m_epoll, events.data(), int(events.size()), -1);
        for (int i = 0; i < count; ++i) {
            if (auto *peer = static_cast<Peer *>(events[std::size_t(i)].data.ptr))
                read(peer);
            else
                acceptAll();
        }
    }
}

void Floor::acceptAll()
{
    for (;;) {
        const int descriptor = accept4(m_listener, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (descriptor < 0)
            return;
        const int on = 1;
        setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        epoll_event event{EPOLLIN, {.ptr = new Peer{descriptor}}};
        epoll_ctl(m_epoll, EPOLL_CTL_ADD, descriptor, &event);
    }
}

void Floor::drop(Peer *peer)
{
    if (peer->joined) {
        m_joined[peer->place] = m_joined.back();
        m_joined[peer->place]->place = peer->place;
        m_joined.pop_back();
    }
    ::close(peer->descriptor);
    delete peer;
}

void Floor::read(Peer *peer)
{
    const ssize_t got = recv(peer->descriptor, m_buffer.data(), m_buffer.size(), 0);
    if (got <= 0)
        return drop(peer);
    const std::string_view all(m_buffer.data(), std::size_t(got));
    if (!peer->upgraded)
        return upgrade(peer, all);
    for (std::size_t at = 0; at + 6 <= all.size();) {
        std::size_t length = uint8_t(all[at + 1]) & 0x7F;
        std::size_t head = 2;
        if (length == 126) {
            length = std::size_t(uint8_t(all[at + 2])) << 8 | uint8_t(all[at + 3]);
            head = 4;
        }
        char *payload = m_buffer.data() + at + head + 4;
        const char *mask = payload - 4;
        for (std::size_t i = 0; i < length; ++i)
            payload[i] = char(payload[i] ^ mask[i & 3]);
        take(peer, {payload, length});
        at += head + 4 + length;
    }
}

void Floor::upgrade(Peer *peer, std::string_view request)
{
    constexpr std::string_view field = "Sec-WebSocket-Key: ";
    const auto from = request.find(field) + field.size();
    std::string text(request.substr(from, 24));
    text += "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    std::array<unsigned char, SHA_DIGEST_LENGTH> digest{};
    SHA1(reinterpret_cast<const unsigned char *>(text.data()), text.size(), digest.data());
    std::array<unsigned char, 32> accept{};
    EVP_EncodeBlock(accept.data(), digest.data(), int(digest.size()));
    std::string answer = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                         "Sec-WebSocket-Accept: ";
    answer += reinterpret_cast<const char *>(accept.data());
    answer += "\r\n\r\n";
    frame(R"(0{"sid":"AAAAAAAAAAAAAAAAAAAA","upgrades":[],"pingInterval":25000,"pingTimeout":20000,)"
          R"("maxPayload":1000000})");
    sendTo(peer, answer + m_frame);
    peer->upgraded = true;
}

void Floor::frame(std::string_view text)
{
    m_frame.assign(1, char(0x81));
    if (text.size() < 126) {
        m_frame.push_back(char(text.size()));
    } else {
        m_frame.push_back(char(126));
        m_frame.push_back(char(text.size() >> 8));
        m_frame.push_back(char(text.size()));
    }
    m_frame.append(text);
}

void Floor::take(Peer *peer, std::string_view packet)
{
    if (packet.starts_with("40")) {
        frame(R"(40{"sid":"AAAAAAAAAAAAAAAAAAAA"})");
        sendTo(peer, m_frame);
        peer->joined = true;
        peer->place = m_joined.size();
        m_joined.push_back(peer);
    } else if (packet.starts_with("42[")) {
        frame(packet);
        for (const Peer *other : m_joined)
            sendTo(other, m_frame);
    } else if (packet.starts_with("42")) {
        constexpr std::string_view name = "[\"echo\",";
        const auto open = packet.find(name);
        std::string answer("43");
        answer.append(packet.substr(2, open - 2)).append("[").append(packet.substr(open + name.size()));
        frame(answer);
        sendTo(peer, m_frame);
    }
}

} // namespace

int main(int argc, char **argv)
{
    rlimit limit{};
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    static Floor floor;
    if (!floor.listenOn(argc > 1 ? std::atoi(argv[1]) : 0)) {
        std::perror("bench-floor");
        return 1;
    }
    floor.serve();
}
