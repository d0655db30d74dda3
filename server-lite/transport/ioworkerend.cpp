// SPDX-License-Identifier: MIT
// How a worker ends: the goodbye, whom it waits for, and what becomes of the rest.
#include "server-lite/net/lostpeer.h"
#include "server-lite/transport/ioworker.h"

namespace EngineIo
{

using namespace std::chrono_literals;

namespace
{
constexpr auto lostPeerInterval = 100ms; // few enough system calls for thousands of peers
} // namespace

void IoWorker::shutdown()
{
    m_listener.reset();
    if (m_state != State::Serving)
        return;
    m_state = State::ShuttingDown;
    for (Session *session : m_sessions.all())
        session->close(CloseReason::ServerShuttingDown, false);
    const auto connections = m_connections;
    for (const auto &[id, connection] : connections)
        connection->closeWhenIdle();
    m_lostPeerCheck->start(Hubbub::lostPeerSilence); // the goodbye has to have had its time
}

/// A peer that is gone takes the goodbye no more: only those that are there are waited for.
void IoWorker::cutLostPeers()
{
    if (m_state != State::ShuttingDown)
        return;
    for (const auto &transport : m_retired) {
        if (!transport->hasLostPeer())
            continue;
        SharedCounters::add(counters().lostCut);
        transport->end(TransportEnd::Cut);
    }
    m_lostPeerCheck->start(lostPeerInterval);
}

void IoWorker::checkDrained()
{
    if (m_state != State::ShuttingDown || !m_sessions.isEmpty() || !m_retired.empty())
        return;
    m_state = State::Drained;
    m_events.emplace_back(WorkerDrained{m_index});
}

void IoWorker::stop()
{
    if (m_state == State::Stopped)
        return;
    m_state = State::Stopped;
    m_listener.reset();
    for (Session *session : m_sessions.all())
        session->close(CloseReason::ServerShuttingDown, true);
    endTurn();
    const auto connections = m_connections;
    for (const auto &[id, connection] : connections)
        connection->abort();
    endTurn();
    m_retired.clear();
    m_acceptor.reset();
    m_groups.reset();
    m_lostPeerCheck.reset();
    m_deadlines.reset();
}

} // namespace EngineIo
