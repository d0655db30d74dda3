// SPDX-License-Identifier: MIT
#include "server-lite/load/echoscenario.h"

#include "server-lite/load/options.h"
#include "server-lite/load/packet.h"
#include "server-lite/load/process.h"
#include "server-lite/load/swarm.h"

namespace Load
{

EchoScenario::EchoScenario(const Options &options, Swarm &swarm, Recorder &recorder)
    : TrafficScenario(options, swarm, recorder)
    , m_waiting(swarm.clients().size())
{
    m_rest.append("[\"").append(options.event).append("\"");
    if (options.arguments.empty())
        m_rest.append(",\"").append(std::size_t(options.payload), 'x').append("\"]");
    else // of the list, what is behind its opening bracket
        m_rest.append(options.arguments == "[]" ? "" : ",").append(options.arguments, 1);
}

void EchoScenario::start()
{
    for (const auto &client : m_swarm.clients()) {
        for (int i = 0; i < m_options.inFlight && client->state() == Client::State::Joined; ++i)
            emit(*client, nanoseconds());
    }
}

void EchoScenario::emitDue(std::int64_t due)
{
    const auto &clients = m_swarm.clients();
    for (std::size_t tried = 0; tried < clients.size(); ++tried) {
        Client &client = *clients[m_next++ % clients.size()];
        if (client.state() == Client::State::Joined)
            return emit(client, due);
    }
}

void EchoScenario::emit(Client &client, std::int64_t due)
{
    Waiting &waiting = m_waiting[client.number()];
    const std::uint64_t id = waiting.first + waiting.since.size();
    waiting.since.push_back(due);
    ++m_inFlight;
    client.send(packetHead("2", m_options.nsp, id) + m_rest);
}

void EchoScenario::acknowledged(Client &client, std::uint64_t id)
{
    Waiting &waiting = m_waiting[client.number()];
    if (id < waiting.first || id - waiting.first >= waiting.since.size())
        return;
    std::int64_t &since = waiting.since[std::size_t(id - waiting.first)];
    if (!since)
        return; // a second ack
    countOperation(since);
    since = 0;
    --m_inFlight;
    while (!waiting.since.empty() && !waiting.since.front()) {
        waiting.since.pop_front();
        ++waiting.first;
    }
    if (isFlowing() && !isPaced())
        emit(client, nanoseconds());
}

void EchoScenario::lost(Client &client)
{
    Waiting &waiting = m_waiting[client.number()];
    for (const std::int64_t since : waiting.since)
        m_inFlight -= since != 0;
    waiting = {};
}

} // namespace Load
