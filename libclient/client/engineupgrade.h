// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/client/upgradestate.h"
#include "libclient/transport/clienttransport.h"

#include <QtCore/QTimer>

#include <memory>

namespace EngineIo
{

/// Tries a better transport beside the one in use: probe, answer, rest of the old one, change. A failure
/// leaves the old one as it was. Thread: its engine's; may be destroyed in handlers of its own signals.
class EngineUpgrade : public QObject
{
    Q_OBJECT
public:
    /// How long it may take. Source: the server's own upgradeTimeout.
    static constexpr std::chrono::milliseconds deadline{10'000};

    EngineUpgrade(ClientTransport *current, std::unique_ptr<ClientTransport> candidate,
                  QObject *parent = nullptr);
    ~EngineUpgrade() override;

    void start(const QNetworkRequest &request);
    UpgradeState state() const { return m_state; }

    /// True if the packet is kept until the change is made or given up.
    bool keep(const Packet &packet);
    void keepAll() { m_keepsAll = true; } ///< from now on, not only while the old transport comes to rest
    std::vector<Packet> takeKept() { return std::exchange(m_kept, {}); }
    std::unique_ptr<ClientTransport> takeCandidate();

    /// Gives up at once and without a signal; what was kept is to be taken.
    void cancel();
    /// The session ended: lets go of both transports at once and without a signal.
    void abandon();

Q_SIGNALS:
    void succeeded();
    void failed(const Hubbub::Error &why);

private:
    bool change(UpgradeInput input);
    void onPacket(const Packet &packet);
    void onPaused();
    void fail(const Hubbub::Error &why);

    ClientTransport *m_current;
    std::unique_ptr<ClientTransport> m_candidate;
    std::vector<Packet> m_kept;
    QTimer m_timer;
    bool m_keepsAll = false;
    UpgradeState m_state = UpgradeState::None;
};

} // namespace EngineIo
