// SPDX-License-Identifier: MIT
#include "libclient/client/engineupgrade.h"

#include "libclient/client/logging.h"

using namespace Qt::StringLiterals;

namespace EngineIo
{

EngineUpgrade::EngineUpgrade(ClientTransport *current, std::unique_ptr<ClientTransport> candidate,
                             QObject *parent)
    : QObject(parent)
    , m_current(current)
    , m_candidate(std::move(candidate))
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        fail({u"connect-timeout"_s, u"The better connection was not made in time."_s,
              u"no upgrade to %1 within %2 ms"_s.arg(m_candidate->name()).arg(deadline.count())});
    });
    connect(m_candidate.get(), &ClientTransport::opened, this, [this] {
        if (change(UpgradeInput::Connected))
            m_candidate->send({PacketType::Ping, "probe", false});
    });
    connect(m_candidate.get(), &ClientTransport::packetReceived, this, &EngineUpgrade::onPacket);
    connect(m_candidate.get(), &ClientTransport::closed, this, &EngineUpgrade::fail);
    connect(m_current, &ClientTransport::paused, this, &EngineUpgrade::onPaused);
}

EngineUpgrade::~EngineUpgrade()
{
    if (m_candidate)
        m_candidate->disconnect(this);
}

void EngineUpgrade::start(const QNetworkRequest &request)
{
    change(UpgradeInput::Offered);
    m_timer.start(deadline);
    m_candidate->open(request);
}

bool EngineUpgrade::keep(const Packet &packet)
{
    // A heartbeat must not wait for somebody else's large message.
    const bool kept = m_state == UpgradeState::Pausing || (m_keepsAll && packet.type == PacketType::Message);
    if (!kept)
        return false;
    m_kept.push_back(packet);
    return true;
}

std::unique_ptr<ClientTransport> EngineUpgrade::takeCandidate()
{
    m_candidate->disconnect(this);
    return std::move(m_candidate);
}

void EngineUpgrade::cancel()
{
    const bool rested = m_state == UpgradeState::Pausing;
    if (!change(UpgradeInput::Broken))
        return;
    m_timer.stop();
    m_candidate->disconnect(this);
    m_candidate->abort();
    if (rested)
        m_current->resume();
}

void EngineUpgrade::abandon()
{
    change(UpgradeInput::Broken);
    m_timer.stop();
    m_current->disconnect(this);
    m_candidate->disconnect(this);
    m_candidate->abort();
}

bool EngineUpgrade::change(UpgradeInput input)
{
    const UpgradeState next = nextUpgradeState(m_state, input);
    if (next == m_state)
        return false;
    qCDebug(SocketIo::lcEngine) << "upgrade:" << int(m_state) << "->" << int(next);
    m_state = next;
    return true;
}

void EngineUpgrade::onPacket(const Packet &packet)
{
    const bool answer = packet.type == PacketType::Pong && packet.data == "probe";
    if (!answer || !change(UpgradeInput::ProbeAnswered)) {
        fail({u"parse-error"_s, u"The better connection was not made: the server did not answer its probe."_s,
              u"a packet of type %1"_s.arg(int(packet.type))});
        return;
    }
    std::vector<Packet> unsent = m_current->pause();
    m_kept.insert(m_kept.begin(), std::make_move_iterator(unsent.begin()),
                  std::make_move_iterator(unsent.end()));
}

void EngineUpgrade::onPaused()
{
    if (!change(UpgradeInput::Paused))
        return;
    m_timer.stop();
    m_candidate->send({PacketType::Upgrade, {}, false});
    Q_EMIT succeeded();
}

void EngineUpgrade::fail(const Hubbub::Error &why)
{
    const UpgradeState before = m_state;
    cancel();
    if (m_state != before)
        Q_EMIT failed(why);
}

} // namespace EngineIo
