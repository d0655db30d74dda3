// SPDX-License-Identifier: MIT
#include "server-lite/load/swarm.h"

#include "server-lite/load/interruption.h"
#include "server-lite/load/options.h"
#include "server-lite/load/process.h"

#include <netdb.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <array>

namespace Load
{

namespace
{

constexpr std::int64_t second = 1'000'000'000;

/// Connections each client has at a time.
int connectionsOf(Way way)
{
    return way == Way::WebSocket ? 1 : way == Way::Polling ? 2 : 3;
}

} // namespace

Swarm::Swarm(const Options &options, Listener &listener)
    : m_options(options)
    , m_network{.epoll = epoll_create1(EPOLL_CLOEXEC)}
{
    m_clients.reserve(std::size_t(options.clients));
    for (int i = 0; i < options.clients; ++i)
        m_clients.push_back(std::make_unique<Client>(options, listener, std::size_t(i)));
}

Swarm::~Swarm()
{
    m_clients.clear();
    if (m_address)
        freeaddrinfo(m_address);
    ::close(m_network.epoll);
}

std::string Swarm::prepare()
{
    constexpr rlim_t others = 16; // files and the like
    rlimit limit{};
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    const rlim_t wanted = rlim_t(m_options.clients) * rlim_t(connectionsOf(m_options.way)) + others;
    if (wanted > limit.rlim_max)
        return std::to_string(m_options.clients) + " clients need " + std::to_string(wanted)
               + " open files, and this process may have " + std::to_string(limit.rlim_max)
               + ": raise the limit with \"ulimit -Hn\" as root, or use fewer --clients";
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    if (const int error = getaddrinfo(m_options.host.c_str(), m_options.port.c_str(), &hints, &m_address))
        return "there is no host \"" + m_options.host + "\": " + gai_strerror(error);
    m_network.address = m_address;
    if (!m_options.secure)
        return {};
    m_network.tls = &m_tls;
    return m_tls.prepare(m_options);
}

bool Swarm::goesOn() const
{
    return !Interruption::came() && (m_there || m_pending);
}

bool Swarm::join(std::size_t wanted, double seconds)
{
    const auto patience = std::int64_t(m_options.timeout * double(second));
    const std::int64_t beganAt = nanoseconds();
    const std::size_t before = m_started;
    std::size_t settled = m_settled;
    std::int64_t settledAt = beganAt;
    const auto isHopeless = [this] { return m_failed && m_failed == m_settled; };
    while (m_settled < wanted && !isHopeless() && !Interruption::came()) {
        const std::int64_t now = nanoseconds();
        const double share = seconds > 0 ? std::min(1.0, double(now - beganAt) / 1e9 / seconds) : 1;
        const std::size_t due = before + std::size_t(share * double(wanted - before));
        while (m_started < due && m_started - m_settled < std::size_t(m_options.handshakes)
               && !isHopeless()) {
            ++m_pending;
            m_clients[m_started++]->start(m_network);
        }
        if (settled != m_settled || m_started == m_settled) {
            settled = m_settled;
            settledAt = now;
        } else if (now - settledAt > patience) {
            m_lost += m_pending;
            m_whyLost["no answer in all the time of --timeout"] += m_pending;
            break;
        }
        turn(seconds > 0 ? 1'000'000 : second / 10);
    }
    return m_there && !Interruption::came();
}

void Swarm::leave()
{
    for (const auto &client : m_clients)
        client->close();
    m_started = 0;
    m_settled = 0;
    m_failed = 0;
    m_there = 0;
    m_pending = 0;
}

void Swarm::restart(Client &client)
{
    if (client.state() == Client::State::Joined)
        --m_there;
    ++m_pending;
    client.leave();
    client.start(m_network);
}

void Swarm::turn(std::int64_t nanoseconds)
{
    static std::array<epoll_event, 512> events;
    const timespec time{nanoseconds / second, nanoseconds % second};
    const int count = epoll_pwait2(m_network.epoll, events.data(), int(events.size()), &time, nullptr);
    for (int i = 0; i < count; ++i)
        static_cast<Stream *>(events[std::size_t(i)].data.ptr)->ready(events[std::size_t(i)].events);
    if (onTurn)
        onTurn();
}

void Swarm::runUntil(std::int64_t moment)
{
    m_isOver = false;
    for (std::int64_t now = nanoseconds(); now < moment && !m_isOver && goesOn(); now = nanoseconds())
        turn(std::clamp<std::int64_t>(moment - now, 0, second / 10));
}

void Swarm::countJoined()
{
    ++m_settled;
    ++m_there;
    --m_pending;
}

void Swarm::countLost(bool wasThere, const std::string &why)
{
    constexpr std::size_t mostReasons = 20;
    ++m_lost;
    ++m_whyLost[m_whyLost.size() < mostReasons || m_whyLost.contains(why) ? why : "for other reasons"];
    if (wasThere) {
        --m_there;
    } else {
        ++m_settled;
        ++m_failed;
        --m_pending;
    }
}

} // namespace Load
