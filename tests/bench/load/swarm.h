// SPDX-License-Identifier: MIT
#pragma once

#include "tests/bench/load/client.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

struct addrinfo;

namespace Load
{

/// All clients and the loop they live in; joins them a few at a time. Thread: one.
class Swarm
{
public:
    /// Both are borrowed and outlive the swarm. Ends the process if the host cannot be resolved.
    Swarm(const Options &options, Listener &listener);
    ~Swarm();
    Swarm(const Swarm &) = delete;
    Swarm &operator=(const Swarm &) = delete;

    /// Joins clients until `wanted` are there in all; false if one was refused or it took over a minute.
    bool join(std::size_t wanted);
    void leave(); ///< all, without a word

    /// One turn of the loop, waiting up to that long.
    void turn(int milliseconds);
    /// Turns until the moment, in nanoseconds of the monotonic clock, or until ended() is called.
    void runUntil(std::int64_t moment);
    void end() { m_ended = true; }

    // The Listener tells.
    void countJoined() { ++m_joined; }
    void countLost(const std::string &why);

    std::size_t joined() const { return m_joined; }
    std::size_t lost() const { return m_lost; }
    const std::string &whyLost() const { return m_whyLost; }
    std::vector<std::unique_ptr<Client>> &clients() { return m_clients; }

private:
    const Options &m_options;
    std::vector<std::unique_ptr<Client>> m_clients;
    addrinfo *m_address = nullptr;
    int m_epoll = -1;
    bool m_ended = false;
    std::size_t m_started = 0;
    std::size_t m_joined = 0;
    std::size_t m_lost = 0;
    std::string m_whyLost; ///< the first reason
};

} // namespace Load
