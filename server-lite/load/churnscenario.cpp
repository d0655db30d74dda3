// SPDX-License-Identifier: MIT
#include "server-lite/load/churnscenario.h"

#include "server-lite/load/interruption.h"
#include "server-lite/load/options.h"
#include "server-lite/load/recorder.h"
#include "server-lite/load/swarm.h"

#include <algorithm>

namespace Load
{

void ChurnScenario::run()
{
    const std::int64_t beganAt = nanoseconds();
    if (!m_swarm.join(m_swarm.clients().size(), m_options.ramp))
        return;
    m_recorder.joinSeconds = double(nanoseconds() - beganAt) / 1e9;
    runFor(m_options.warmup);
    m_recorder.begin(m_swarm.clients().size());
    runFor(m_options.seconds);
    m_recorder.finish();
}

void ChurnScenario::runFor(double seconds)
{
    const std::int64_t until = nanoseconds() + std::int64_t(seconds * 1e9);
    const auto wanted = std::uint64_t(m_options.count);
    for (std::int64_t now = nanoseconds(); now < until && !Interruption::came(); now = nanoseconds()) {
        while (!m_departures.empty() && m_departures.top().first <= now) {
            Client &client = *m_swarm.clients()[m_departures.top().second];
            m_departures.pop();
            m_swarm.restart(client);
        }
        const std::int64_t next = m_departures.empty() ? until : std::min(until, m_departures.top().first);
        m_swarm.turn(std::clamp<std::int64_t>(next - nanoseconds(), 0, 100'000'000));
        if (wanted && m_recorder.isMeasuring() && m_recorder.operations() >= wanted)
            return;
    }
}

void ChurnScenario::plan(const Client &client)
{
    std::uniform_real_distribution<double> spread(0.5, 1.5);
    m_departures.emplace(nanoseconds() + std::int64_t(m_options.stay * spread(m_random) * 1e9),
                         client.number());
}

void ChurnScenario::joined(Client &client)
{
    m_recorder.count(client.startedAt());
    plan(client);
}

void ChurnScenario::lost(Client &client)
{
    plan(client); // it tries again, but not faster than it would have come anyway
}

} // namespace Load
