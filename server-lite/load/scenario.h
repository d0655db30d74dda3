// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/load/client.h"

#include <memory>
#include <string>

namespace Load
{

struct Options;
class Recorder;
class Swarm;

/// What the clients do, from joining to the last answer. Thread: one.
class Scenario
{
public:
    virtual ~Scenario() = default;

    /// Returns when it is over; what it measured is with the recorder then.
    virtual void run() = 0;

    // What happens to clients meanwhile; the swarm knows already.
    virtual void joined(Client &) { }
    virtual void acknowledged(Client &, std::uint64_t /*id*/) { }
    virtual void received(Client &, std::string_view /*rest*/) { }
    virtual void lost(Client &) { }

    /// What keeps the figures from meaning anything, as a sentence for people; empty if nothing does.
    virtual std::string complaint() const { return {}; }

    /// Options, swarm and recorder are borrowed and outlive it.
    static std::unique_ptr<Scenario> make(const Options &options, Swarm &swarm, Recorder &recorder);

protected:
    Scenario(const Options &options, Swarm &swarm, Recorder &recorder)
        : m_options(options)
        , m_swarm(swarm)
        , m_recorder(recorder)
    {
    }

    const Options &m_options;
    Swarm &m_swarm;
    Recorder &m_recorder;
};

} // namespace Load
