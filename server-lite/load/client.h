// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/load/pollingtransport.h"
#include "server-lite/load/websockettransport.h"

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace Load
{

struct Options;
class Client;

/// Hears what happens to clients. Thread: that of the clients.
class Listener
{
public:
    virtual void joined(Client &client) = 0;
    virtual void acknowledged(Client &client, std::uint64_t id) = 0;
    /// An event by the name in Options; `rest` is what follows the name: `,ARGUMENTS]` or `]`.
    virtual void received(Client &client, std::string_view rest) = 0;
    /// It ended by itself; `wasThere` if it had joined before.
    virtual void lost(Client &client, bool wasThere, const std::string &why) = 0;

protected:
    ~Listener() = default;
};

/// One client of Socket.IO in one namespace. Owned by the Swarm. Thread: one.
class Client final : private PollingTransport::Owner
{
public:
    enum class State : std::uint8_t { New, Opening, Joining, Joined, Lost };

    /// Options and listener are borrowed and outlive the client; `number` is its place among all.
    Client(const Options &options, Listener &listener, std::size_t number);

    void start(const Network &network);
    void leave(); ///< with a word: from New on it can start again
    void close(); ///< without one
    void stopReading(); ///< for good: what the server sends stays in the kernel
    /// Sends one packet of Engine.IO; nothing if there is no connection.
    void send(std::string_view packet);

    State state() const { return m_state; }
    std::size_t number() const { return m_number; }
    std::int64_t startedAt() const { return m_startedAt; } ///< nanoseconds

private:
    enum class Upgrade : std::uint8_t { None, Probing, Pausing, Done };

    void opened(Transport &transport) override;
    void packet(Transport &transport, std::string_view packet) override;
    void binary(Transport &transport) override;
    void ended(Transport &transport, const std::string &why) override;
    void paused(PollingTransport &transport) override;

    void takeOpen(std::string_view handshake);
    void takeMessage(std::string_view message);
    void checkJoined();
    void lose(const std::string &why);

    const Options &m_options;
    Listener &m_listener;
    std::size_t m_number;
    State m_state = State::New;
    Upgrade m_upgrade = Upgrade::None;
    bool m_isAccepted = false; ///< by the namespace
    std::int64_t m_startedAt = 0;
    Network m_network;
    std::unique_ptr<WebSocketTransport> m_webSocket; ///< null if --transport polling
    std::unique_ptr<PollingTransport> m_polling; ///< null if --transport websocket
    Transport *m_transport = nullptr; ///< the one that packets are sent by
};

} // namespace Load
