// SPDX-License-Identifier: MIT
// bench-sender [--events N] [--text BYTES]: speaks just enough of Socket.IO over WebSocket to send whoever
// joins the namespace / a stream of "new-message" events, encoded before, and then "done". One at a time.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/evp.h>
#include <openssl/sha.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

namespace
{

constexpr int eventsPerBlock = 100; // one write gives the kernel a block of this many

void appendText(std::string &out, std::string_view text)
{
    out.push_back(char(0x81));
    if (text.size() < 126) {
        out.push_back(char(text.size()));
    } else {
        out.push_back(char(126));
        out.push_back(char(text.size() >> 8));
        out.push_back(char(text.size()));
    }
    out.append(text);
}

bool sendAll(int peer, std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t sent = send(peer, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        bytes.remove_prefix(std::size_t(sent));
    }
    return true;
}

/// Bytes up to and with the mark, or nothing.
std::string receiveUntil(int peer, std::string_view mark)
{
    std::string bytes;
    std::array<char, 4096> buffer{};
    while (bytes.find(mark) == std::string::npos) {
        const ssize_t got = recv(peer, buffer.data(), buffer.size(), 0);
        if (got <= 0)
            return {};
        bytes.append(buffer.data(), std::size_t(got));
    }
    return bytes;
}

/// RFC 6455, 4.2.2.
std::string acceptKey(const std::string &request)
{
    constexpr std::string_view field = "sec-websocket-key:";
    std::string lower = request;
    for (char &c : lower)
        c = c >= 'A' && c <= 'Z' ? char(c + 32) : c;
    const auto begin = lower.find(field);
    if (begin == std::string::npos)
        return {};
    const auto from = request.find_first_not_of(' ', begin + field.size());
    const std::string key =
        request.substr(from, request.find('\r', from) - from) + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    std::array<unsigned char, SHA_DIGEST_LENGTH> digest{};
    SHA1(reinterpret_cast<const unsigned char *>(key.data()), key.size(), digest.data());
    std::array<unsigned char, 32> text{};
    EVP_EncodeBlock(text.data(), digest.data(), int(digest.size()));
    return reinterpret_cast<const char *>(text.data());
}

void serve(int peer, const std::string &block, long blocks)
{
    const std::string key = acceptKey(receiveUntil(peer, "\r\n\r\n"));
    if (key.empty())
        return;
    std::string hello = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        "Sec-WebSocket-Accept: "
                        + key + "\r\n\r\n";
    appendText(
        hello,
        R"(0{"sid":"bench","upgrades":[],"pingInterval":60000,"pingTimeout":60000,"maxPayload":1000000})");
    std::array<char, 4096> request{};
    if (!sendAll(peer, hello) || recv(peer, request.data(), request.size(), 0) <= 0) // the CONNECT
        return;
    std::string joined;
    appendText(joined, R"(40{"sid":"bench-socket"})");
    bool sent = sendAll(peer, joined);
    for (long i = 0; sent && i < blocks; ++i)
        sent = sendAll(peer, block);
    std::string done;
    appendText(done, R"(42["done"])");
    if (!sent || !sendAll(peer, done))
        return;
    while (recv(peer, request.data(), request.size(), 0) > 0) { // until the peer has read all and goes
    }
}

} // namespace

int main(int argc, char **argv)
{
    long events = 300'000;
    std::size_t text = 64;
    for (int i = 1; i + 1 < argc; i += 2) {
        if (std::string_view(argv[i]) == "--events")
            events = std::atol(argv[i + 1]);
        else if (std::string_view(argv[i]) == "--text")
            text = std::size_t(std::atol(argv[i + 1]));
        else
            argc = 0;
    }
    if (argc % 2 == 0 || events < eventsPerBlock || text > 60'000) {
        std::fputs("usage: bench-sender [--events N] [--text BYTES]\n", stderr);
        return 2;
    }
    std::string block;
    for (int i = 0; i < eventsPerBlock; ++i)
        appendText(block, R"(42["new-message",{"id":"m)" + std::to_string(100'000 + i)
                              + R"(","roomId":"general","userId":"u7","username":"Ada","content":")"
                              + std::string(text, 'x') + R"(","timestamp":"2026-01-01T12:00:00.000Z"}])");

    const int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto *generic = reinterpret_cast<sockaddr *>(&address);
    if (bind(listener, generic, size) != 0 || listen(listener, 8) != 0
        || getsockname(listener, generic, &size) != 0) {
        std::perror("bench-sender");
        return 1;
    }
    std::printf("listening on http://127.0.0.1:%d\n", ntohs(address.sin_port));
    std::fflush(stdout);
    for (;;) {
        const int peer = accept(listener, nullptr, nullptr);
        if (peer < 0)
            continue;
        const timeval patience{30, 0};
        setsockopt(peer, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        setsockopt(peer, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
        const int on = 1;
        setsockopt(peer, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        serve(peer, block, events / eventsPerBlock);
        close(peer);
    }
}
