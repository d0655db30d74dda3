// SPDX-License-Identifier: MIT
#include "server-lite/load/idlescenario.h"

#include "server-lite/load/options.h"
#include "server-lite/load/recorder.h"
#include "server-lite/load/swarm.h"

#include <algorithm>

namespace Load
{

void IdleScenario::run()
{
    const std::size_t all = m_swarm.clients().size();
    const std::size_t first = std::min<std::size_t>(all - 1, 100 + all / 10);
    const double share = double(first) / double(all);
    const std::int64_t beganAt = nanoseconds();
    if (first && !m_swarm.join(first, m_options.ramp * share))
        return;
    m_swarm.runUntil(nanoseconds() + 500'000'000);
    const std::size_t before = m_swarm.there();
    m_recorder.begin(0);
    if (m_swarm.join(all, m_options.ramp * (1 - share))) {
        m_recorder.joinSeconds = double(nanoseconds() - beganAt) / 1e9;
        m_swarm.runUntil(nanoseconds() + std::int64_t(m_options.seconds * 1e9));
    }
    m_recorder.setOperations(m_swarm.there(), m_swarm.there() - std::min(before, m_swarm.there()));
    m_recorder.finish();
}

} // namespace Load
