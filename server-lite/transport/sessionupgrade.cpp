// SPDX-License-Identifier: MIT
// How a session moves from long-polling to WebSocket.
#include "server-lite/transport/session.h"

namespace EngineIo
{

using namespace std::chrono_literals;

namespace
{
// The reference ends a waiting poll this often while an upgrade runs, so that the client can leave polling.
constexpr auto probeInterval = 100ms;
} // namespace

Session::Upgrade::Upgrade(Session &session, std::unique_ptr<Transport> candidate)
    : candidate(std::move(candidate))
    , deadline(session.m_host.deadlines(), [&session] { session.dropCandidate(); })
    , probeTick(session.m_host.deadlines(), [&session] { session.probeTick(); })
{
}

bool Session::isCandidate(const Transport &transport) const
{
    return m_upgrade && m_upgrade->candidate.get() == &transport;
}

bool Session::mayUpgrade() const
{
    return m_state == SessionState::Open && m_transport->name() == TransportName::Polling
           && m_host.options().allowUpgrades;
}

void Session::attachCandidate(std::unique_ptr<Transport> candidate)
{
    m_upgrade = std::make_unique<Upgrade>(*this, std::move(candidate));
    changeState(SessionState::Upgrading);
    m_upgrade->deadline.start(m_host.options().upgradeTimeout);
}

void Session::probePacket(const Packet &packet)
{
    if (packet.type == PacketType::Ping && packet.data == "probe") {
        std::vector<Outgoing> answer;
        answer.push_back({nullptr, {PacketType::Pong, "probe", false}, false});
        m_upgrade->candidate->write(answer);
        m_upgrade->probeTick.start(probeInterval);
    } else if (packet.type == PacketType::Upgrade) {
        upgrade();
    } else {
        dropCandidate();
    }
}

/// Ends a waiting poll, since the client waits for that before it switches over.
void Session::probeTick()
{
    if (m_state != SessionState::Upgrading)
        return;
    m_upgrade->probeTick.start(probeInterval);
    if (m_transport->isWritable() && m_queue.empty())
        queueControl(PacketType::Noop);
}

void Session::upgrade()
{
    const auto upgrade = std::exchange(m_upgrade, nullptr);
    changeState(SessionState::Open);
    m_transport->end(TransportEnd::Close);
    m_host.retire(std::exchange(m_transport, std::move(upgrade->candidate)));
    m_heartbeat.transportChanged();
    m_host.sessionUpgraded(*this);
    wantFlush();
}

void Session::dropCandidate()
{
    const auto upgrade = std::exchange(m_upgrade, nullptr);
    if (!upgrade)
        return;
    changeState(SessionState::Open);
    upgrade->candidate->end(TransportEnd::Close);
    m_host.retire(std::move(upgrade->candidate));
}

} // namespace EngineIo
