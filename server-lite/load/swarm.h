// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/load/client.h"
#include "server-lite/load/tlscontext.h"

#include <cstdint>
#include <functional>
#include <map>
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
    /// Options and listener are borrowed and outlive the swarm.
    Swarm(const Options &options, Listener &listener);
    ~Swarm();
    Swarm(const Swarm &) = delete;
    Swarm &operator=(const Swarm &) = delete;

    /// Looks the host up, reads whom to trust and sees that there are descriptors enough. Gives what is
    /// wrong, as a sentence.
    std::string prepare();

    /// Starts clients until the outcome of so many is known, evenly over so many seconds if there are any.
    /// Ends early if nobody at all is let in. False if nobody is there, or the run was interrupted.
    bool join(std::size_t wanted, double seconds = 0);
    void leave(); ///< all, without a word; join() begins anew
    void restart(Client &client); ///< one that joined or was lost; not while its listener is called

    /// One turn of the loop, waiting up to that long.
    void turn(std::int64_t nanoseconds);
    /// Turns until the moment, in nanoseconds of the monotonic clock, or until the run or this time is over.
    void runUntil(std::int64_t moment);
    void end() { m_isOver = true; } ///< runUntil() returns
    bool goesOn() const; ///< not interrupted, and somebody is there or on the way

    // The Listener tells.
    void countJoined();
    void countLost(bool wasThere, const std::string &why);

    std::size_t there() const { return m_there; } ///< clients that are joined now
    std::uint64_t lost() const { return m_lost; } ///< clients refused, or lost after they had joined
    const std::map<std::string, std::uint64_t> &whyLost() const { return m_whyLost; }
    const std::vector<std::unique_ptr<Client>> &clients() const { return m_clients; }

    std::function<void()> onTurn; ///< for the progress

private:
    const Options &m_options;
    TlsContext m_tls;
    Network m_network;
    std::vector<std::unique_ptr<Client>> m_clients;
    addrinfo *m_address = nullptr;
    bool m_isOver = false;
    std::size_t m_started = 0; ///< of m_clients, since leave()
    std::size_t m_settled = 0; ///< of those, whose outcome is known
    std::size_t m_failed = 0; ///< of those, who never got in
    std::size_t m_there = 0;
    std::size_t m_pending = 0; ///< on the way
    std::uint64_t m_lost = 0;
    std::map<std::string, std::uint64_t> m_whyLost;
};

} // namespace Load
