// SPDX-License-Identifier: MIT
#include "tests/bench/load/swarm.h"

#include "tests/bench/load/options.h"
#include "tests/bench/load/process.h"

#include <netdb.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>

namespace Load
{

Swarm::Swarm(const Options &options, Listener &listener)
    : m_options(options)
    , m_epoll(epoll_create1(EPOLL_CLOEXEC))
{
    rlimit limit{};
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    if (const int error = getaddrinfo(options.host.c_str(), options.port.c_str(), &hints, &m_address)) {
        std::fprintf(stderr, "hubbub-load: %s:%s: %s\n", options.host.c_str(), options.port.c_str(),
                     gai_strerror(error));
        std::exit(2);
    }
    m_clients.reserve(std::size_t(options.clients));
    for (int i = 0; i < options.clients; ++i)
        m_clients.push_back(std::make_unique<Client>(options, listener));
}

Swarm::~Swarm()
{
    m_clients.clear();
    freeaddrinfo(m_address);
    ::close(m_epoll);
}

bool Swarm::join(std::size_t wanted)
{
    constexpr std::int64_t patience = 60'000'000'000; // a server that cannot do it in a minute will not
    const std::int64_t deadline = nanoseconds() + patience;
    while (m_joined < wanted && !m_lost && nanoseconds() < deadline) {
        while (m_started < wanted && m_started - m_joined < std::size_t(m_options.handshakes))
            m_clients[m_started++]->start(m_epoll, *m_address);
        turn(100);
    }
    if (m_joined < wanted && !m_lost)
        countLost("not all clients could join within a minute");
    return m_joined >= wanted;
}

void Swarm::leave()
{
    for (const auto &client : m_clients)
        client->close();
    m_started = 0;
    m_joined = 0;
}

void Swarm::turn(int milliseconds)
{
    std::array<epoll_event, 512> events;
    const int count = epoll_wait(m_epoll, events.data(), int(events.size()), milliseconds);
    for (int i = 0; i < count; ++i)
        static_cast<Client *>(events[std::size_t(i)].data.ptr)->ready(events[std::size_t(i)].events);
}

void Swarm::runUntil(std::int64_t moment)
{
    m_ended = false;
    for (std::int64_t now = nanoseconds(); now < moment && !m_ended && !m_lost; now = nanoseconds())
        turn(int(std::clamp<std::int64_t>((moment - now) / 1'000'000, 0, 100)));
}

void Swarm::countLost(const std::string &why)
{
    if (m_lost++ == 0)
        m_whyLost = why;
}

} // namespace Load
