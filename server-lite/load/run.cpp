// SPDX-License-Identifier: MIT
#include "server-lite/load/run.h"

#include "server-lite/load/interruption.h"
#include "server-lite/load/options.h"
#include "server-lite/load/progress.h"

namespace Load
{

Run::Run(const Options &options)
    : m_options(options)
    , m_recorder(options)
    , m_swarm(options, *this)
    , m_scenario(Scenario::make(options, m_swarm, m_recorder))
{
}

Outcome Run::run()
{
    Outcome outcome;
    outcome.complaint = m_swarm.prepare();
    if (outcome.complaint.empty()) {
        Progress progress(m_options, m_swarm, m_recorder);
        m_swarm.onTurn = [&progress] { progress.turn(); };
        m_scenario->run();
        m_recorder.finish();
        m_swarm.onTurn = nullptr;
        outcome.complaint = m_scenario->complaint();
    }
    outcome.wasInterrupted = Interruption::came();
    outcome.lost = m_swarm.lost();
    outcome.whyLost = m_swarm.whyLost();
    outcome.connects = m_recorder.connects;
    outcome.joinSeconds = m_recorder.joinSeconds;
    outcome.steps = m_recorder.steps();
    outcome.all = m_recorder.all();
    // A paced generator watches the clock all the time: its being busy says nothing.
    const Figures &all = outcome.all;
    outcome.generatorIsBottleneck = m_options.scenario != Kind::Idle && m_options.rate <= 0
                                    && all.generatorBusy() > 0.95 && all.serverSeconds() < 0.9 * all.seconds;
    return outcome;
}

void Run::joined(Client &client)
{
    m_recorder.connects.add(nanoseconds() - client.startedAt());
    m_swarm.countJoined();
    m_scenario->joined(client);
}

void Run::acknowledged(Client &client, std::uint64_t id)
{
    m_scenario->acknowledged(client, id);
}

void Run::received(Client &client, std::string_view rest)
{
    m_scenario->received(client, rest);
}

void Run::lost(Client &client, bool wasThere, const std::string &why)
{
    m_swarm.countLost(wasThere, why);
    m_scenario->lost(client);
}

} // namespace Load
