// SPDX-License-Identifier: MIT
#pragma once

#include "tests/bench/load/frames.h"

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>

struct addrinfo;

namespace Load
{

struct Options;
class Client;

/// Hears what happens to clients. Thread: that of the clients.
class Listener
{
public:
    virtual ~Listener() = default;
    virtual void joined(Client &client) = 0;
    virtual void acknowledged(Client &client, std::uint64_t id) = 0;
    /// An event by the name in Options; `rest` is what follows the name: `,ARGUMENTS]` or `]`.
    virtual void received(Client &client, std::string_view rest) = 0;
    virtual void lost(Client &client, const std::string &why) = 0;
};

/// One connection: socket, WebSocket, Engine.IO, Socket.IO, each as small as a load generator can have it.
/// Owned by the Swarm. Thread: one.
class Client
{
public:
    enum class State : std::uint8_t { New, Connecting, Upgrading, Opening, Joining, Joined, Lost };

    /// Both are borrowed and outlive the client.
    Client(const Options &options, Listener &listener)
        : m_options(options)
        , m_listener(listener)
    {
    }
    ~Client() { close(); }
    Client(const Client &) = delete;
    Client &operator=(const Client &) = delete;

    /// Begins to connect, watched by that epoll instance.
    void start(int epoll, const addrinfo &address);
    void close(); ///< without a word, back to New
    void stopReading(); ///< for good: what the server sends stays in the kernel
    void ready(std::uint32_t events); ///< what epoll said
    /// Sends one packet of Engine.IO; nothing if there is no connection.
    void sendText(std::string_view text);

    State state() const { return m_state; }
    std::int64_t startedAt() const { return m_startedAt; } ///< nanoseconds

    // Kept for the scenario.
    std::uint64_t nextId = 0;
    std::deque<std::int64_t> sentAt; ///< nanoseconds, of events that wait for their ack
    std::uint64_t firstSent = 0; ///< id of the front of sentAt

private:
    void flush();
    void read();
    std::size_t consume(std::string_view bytes);
    void takeUpgrade(std::string_view head);
    void takeFrame(const Frame &frame);
    void takePacket(std::string_view packet);
    void takeMessage(std::string_view message);
    void lose(const std::string &why);

    const Options &m_options;
    Listener &m_listener;
    State m_state = State::New;
    bool m_waitsToWrite = false;
    int m_descriptor = -1;
    int m_epoll = -1;
    std::int64_t m_startedAt = 0;
    std::string m_in; ///< an incomplete frame
    std::string m_fragments;
    std::string m_out;
};

} // namespace Load
