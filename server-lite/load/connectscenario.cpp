// SPDX-License-Identifier: MIT
#include "server-lite/load/connectscenario.h"

#include "server-lite/load/options.h"
#include "server-lite/load/recorder.h"
#include "server-lite/load/swarm.h"

namespace Load
{

void ConnectScenario::run()
{
    const std::int64_t until = nanoseconds() + std::int64_t(m_options.seconds * 1e9);
    m_recorder.begin(m_swarm.clients().size());
    do {
        if (!m_swarm.join(m_swarm.clients().size()) || m_swarm.lost())
            break;
        m_swarm.leave();
    } while (nanoseconds() < until
             && (!m_options.count || m_recorder.operations() < std::uint64_t(m_options.count)));
    m_recorder.finish();
}

void ConnectScenario::joined(Client &client)
{
    m_recorder.count(client.startedAt());
}

} // namespace Load
