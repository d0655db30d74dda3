// SPDX-License-Identifier: MIT
#include "tests/bench/load/run.h"

#include <algorithm>
#include <charconv>

namespace Load
{

namespace
{

std::int64_t after(double seconds)
{
    return nanoseconds() + std::int64_t(seconds * 1e9);
}

} // namespace

Run::Run(const Options &options)
    : m_options(options)
    , m_result(m_options)
    , m_payload(std::size_t(options.payload), 'x')
    , m_swarm(m_options, *this)
{
}

const Result &Run::run()
{
    switch (m_options.scenario) {
    case Scenario::Connect:
        runConnect();
        break;
    case Scenario::Idle:
        runIdle();
        break;
    case Scenario::Echo:
    case Scenario::Broadcast:
        runTraffic();
        break;
    }
    m_phase = Phase::Over;
    m_result.lost = m_swarm.lost();
    m_result.whyLost = m_swarm.whyLost();
    return m_result;
}

void Run::runConnect()
{
    m_phase = Phase::Measuring;
    const std::int64_t until = after(m_options.seconds);
    m_result.begin();
    do {
        if (!m_swarm.join(m_swarm.clients().size()))
            break;
        m_swarm.leave();
    } while (nanoseconds() < until
             && (!m_options.count || m_result.operations < std::uint64_t(m_options.count)));
    m_result.finish();
}

void Run::runIdle()
{
    // A server's first connections also pay for what it loads and caches once: they are not counted.
    const std::size_t all = m_swarm.clients().size();
    const std::size_t first = std::min<std::size_t>(all - 1, 100 + all / 10);
    if (!m_swarm.join(first))
        return;
    m_swarm.runUntil(after(0.5));
    m_result.begin();
    if (!m_swarm.join(all))
        return;
    m_swarm.runUntil(after(m_options.seconds));
    m_result.finish();
    m_result.operations = all - first;
}

void Run::runTraffic()
{
    if (!m_swarm.join(m_swarm.clients().size()))
        return;
    m_phase = Phase::Warming;
    // The last ones, so that the first, which emits, is never among them.
    for (std::size_t i = 0; i < std::size_t(m_options.slow); ++i)
        m_swarm.clients()[m_swarm.clients().size() - 1 - i]->stopReading();
    if (m_options.scenario == Scenario::Broadcast) {
        for (int i = 0; i < m_options.inFlight; ++i)
            emitBroadcast();
    } else if (m_options.rate <= 0) {
        for (const auto &client : m_swarm.clients())
            for (int i = 0; i < m_options.inFlight; ++i)
                emitEcho(*client, nanoseconds());
    }
    measureFor(m_options.warmup, Phase::Warming);
    m_result.begin();
    measureFor(m_options.seconds, Phase::Measuring);
    m_result.finish();
}

void Run::measureFor(double seconds, Phase phase)
{
    m_phase = phase;
    if (m_options.rate > 0 && m_options.scenario == Scenario::Echo)
        runPaced(after(seconds));
    else
        m_swarm.runUntil(after(seconds));
}

void Run::runPaced(std::int64_t until)
{
    // Each echo has a due time; one that is sent late is still timed from it, so that a server that stalls
    // cannot hide the wait of those behind.
    auto &clients = m_swarm.clients();
    const double gap = 1e9 / m_options.rate;
    const std::int64_t start = nanoseconds();
    std::size_t next = 0;
    for (std::int64_t now = start; now < until && !m_swarm.lost(); now = nanoseconds()) {
        for (; double(now - start) >= double(next) * gap; ++next)
            emitEcho(*clients[next % clients.size()], start + std::int64_t(double(next) * gap));
        m_swarm.turn(0);
        if (m_options.count && m_result.operations >= std::uint64_t(m_options.count))
            return;
    }
}

void Run::emitEcho(Client &client, std::int64_t due)
{
    const std::string number = std::to_string(client.nextId++);
    client.sentAt.push_back(due);
    m_text.assign("42");
    if (m_options.nsp != "/")
        m_text.append(m_options.nsp).append(",");
    m_text.append(number)
        .append("[\"")
        .append(m_options.event)
        .append("\",\"")
        .append(m_payload)
        .append("\"]");
    client.sendText(m_text);
}

void Run::emitBroadcast()
{
    m_text.assign("42");
    if (m_options.nsp != "/")
        m_text.append(m_options.nsp).append(",");
    m_text.append("[\"").append(m_options.event).append("\",");
    m_text.append(std::to_string(m_firstBroadcast + m_broadcasts.size()));
    m_text.append(",\"").append(m_payload).append("\"]");
    m_broadcasts.push_back({nanoseconds(), m_swarm.clients().size() - std::size_t(m_options.slow)});
    m_swarm.clients().front()->sendText(m_text);
}

void Run::countOperation(std::int64_t since)
{
    if (m_phase != Phase::Measuring)
        return;
    m_result.latency.add(nanoseconds() - since);
    if (++m_result.operations == std::uint64_t(m_options.count))
        m_swarm.end();
}

void Run::joined(Client &client)
{
    m_swarm.countJoined();
    if (m_options.scenario == Scenario::Connect)
        countOperation(client.startedAt());
}

void Run::acknowledged(Client &client, std::uint64_t id)
{
    if (id < client.firstSent || id - client.firstSent >= client.sentAt.size())
        return;
    countOperation(client.sentAt[std::size_t(id - client.firstSent)]);
    while (!client.sentAt.empty() && client.firstSent <= id) { // acks of one client come in order
        client.sentAt.pop_front();
        ++client.firstSent;
    }
    if (m_options.rate <= 0)
        emitEcho(client, nanoseconds());
}

void Run::received(Client &, std::string_view rest)
{
    if (m_options.scenario != Scenario::Broadcast || rest.size() < 2)
        return;
    std::uint64_t number = 0;
    std::from_chars(rest.data() + 1, rest.data() + rest.size(), number);
    if (number < m_firstBroadcast || number - m_firstBroadcast >= m_broadcasts.size())
        return;
    Broadcast &broadcast = m_broadcasts[std::size_t(number - m_firstBroadcast)];
    countOperation(broadcast.sentAt);
    if (--broadcast.missing)
        return;
    while (!m_broadcasts.empty() && !m_broadcasts.front().missing) {
        m_broadcasts.pop_front();
        ++m_firstBroadcast;
    }
    emitBroadcast();
}

void Run::lost(Client &, const std::string &why)
{
    if (m_phase != Phase::Over)
        m_swarm.countLost(why);
}

} // namespace Load
