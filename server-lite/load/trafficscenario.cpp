// SPDX-License-Identifier: MIT
#include "server-lite/load/trafficscenario.h"

#include "server-lite/load/options.h"
#include "server-lite/load/recorder.h"
#include "server-lite/load/swarm.h"

namespace Load
{

namespace
{

std::int64_t after(double seconds)
{
    return nanoseconds() + std::int64_t(seconds * 1e9);
}

} // namespace

bool TrafficScenario::isPaced() const
{
    return m_options.rate > 0;
}

void TrafficScenario::run()
{
    for (int step = 1; step <= m_options.steps && (step == 1 || m_swarm.goesOn()); ++step) {
        const std::size_t wanted =
            m_swarm.clients().size() * std::size_t(step) / std::size_t(m_options.steps);
        const std::int64_t beganAt = nanoseconds();
        m_phase = Phase::Joining;
        if (!m_swarm.join(wanted, m_options.ramp / m_options.steps))
            return;
        m_recorder.joinSeconds += double(nanoseconds() - beganAt) / 1e9;
        if (!prepare())
            return;
        m_hasStarted = true;
        m_phase = Phase::Flowing;
        if (!isPaced())
            start();
        measureFor(m_options.warmup);
        m_recorder.begin(m_swarm.there());
        measureFor(m_options.seconds);
        m_recorder.finish();
        if (step < m_options.steps)
            drain();
    }
}

void TrafficScenario::drain()
{
    m_phase = Phase::Draining;
    for (const std::int64_t until = after(5); inFlight() && nanoseconds() < until && m_swarm.goesOn();)
        m_swarm.turn(10'000'000);
}

void TrafficScenario::measureFor(double seconds)
{
    if (isPaced())
        runPaced(after(seconds));
    else
        m_swarm.runUntil(after(seconds));
}

void TrafficScenario::runPaced(std::int64_t until)
{
    // Each event has a due time; one that is sent late is still timed from it, so that a server that stalls
    // cannot hide the wait of those behind. To be punctual it does not sleep through the last moment.
    constexpr std::int64_t awake = 200'000;
    const double gap = 1e9 / m_options.rate;
    const std::int64_t start = nanoseconds();
    const auto wanted = std::uint64_t(m_options.count);
    double next = 0;
    for (std::int64_t now = start; now < until && m_swarm.goesOn(); now = nanoseconds()) {
        for (; double(now - start) >= next * gap; ++next)
            emitDue(start + std::int64_t(next * gap));
        const auto rest = std::int64_t(next * gap) - (nanoseconds() - start);
        m_swarm.turn(std::min(std::max<std::int64_t>(rest - awake, 0), std::int64_t(100'000'000)));
        if (wanted && m_recorder.isMeasuring() && m_recorder.operations() >= wanted)
            return;
    }
}

void TrafficScenario::countOperation(std::int64_t since)
{
    m_wasAnswered = true;
    if (!m_recorder.count(since))
        m_swarm.end();
}

std::string TrafficScenario::complaint() const
{
    return m_hasStarted && !m_wasAnswered
               ? "the server answered no \"" + m_options.event + "\": it has to " + needs()
               : std::string();
}

} // namespace Load
