// SPDX-License-Identifier: MIT
// Which transport a session uses: the first that opens, and a better one after it.
#include "libclient/client/engine.h"
#include "libclient/client/logging.h"

#include <QtCore/QTimer>

#include <atomic>

using namespace Qt::StringLiterals;

namespace EngineIo
{

namespace
{

const QString webSocketName = u"websocket"_s;

/// For rememberUpgrade: how the last session of this process, of any manager and thread, ended up.
std::atomic<bool> webSocketWorked = false;

/// Enough for a CONNECT or a pong; in between a connection keeps the buffers it needed last.
constexpr std::chrono::milliseconds settleTime{200};

} // namespace

void Engine::preferWhatWorked()
{
    if (m_options.rememberUpgrade && webSocketWorked && m_options.transports.removeOne(webSocketName))
        m_options.transports.prepend(webSocketName);
}

void Engine::rememberTransport(bool works)
{
    webSocketWorked = works && m_transport->name() == webSocketName;
}

void Engine::openNext()
{
    if (m_options.transports.isEmpty()) {
        QMetaObject::invokeMethod(
            this,
            [this] {
                fail(u"transport error"_s,
                     {u"no-transports"_s, u"No way of connecting is allowed by the options."_s, {}});
            },
            Qt::QueuedConnection);
        return;
    }
    const QString name = m_options.transports.constFirst();
    use(m_options.makeTransport(name));
    if (m_options.tryAllTransports && m_options.transports.size() > 1
        && m_options.transportTimeout.count() > 0)
        m_transportTimer.start(int(m_options.transportTimeout.count()), this);
    m_transport->open(m_options.makeRequest(name, {}));
}

void Engine::use(std::unique_ptr<ClientTransport> transport)
{
    leaveTransport();
    m_transport = std::move(transport);
    connect(m_transport.get(), &ClientTransport::packetReceived, this, &Engine::onPacket);
    connect(m_transport.get(), &ClientTransport::bytesWritten, this, &Engine::bytesWritten);
    connect(m_transport.get(), &ClientTransport::closed, this, &Engine::onTransportClosed);
}

/// Later, for it may be the one that is telling us something.
void Engine::leaveTransport()
{
    if (!m_transport)
        return;
    m_transport->disconnect(this);
    m_transport->abort();
    m_transport.release()->deleteLater();
}

void Engine::tryUpgrade()
{
    if (!m_options.upgrade || m_state != State::Open || m_upgrade)
        return;
    for (const QString &name : std::as_const(m_handshake.upgrades)) {
        if (name == m_transport->name() || !m_options.transports.contains(name))
            continue;
        m_upgrade = std::make_unique<EngineUpgrade>(m_transport.get(), m_options.makeTransport(name));
        connect(m_upgrade.get(), &EngineUpgrade::succeeded, this, &Engine::onUpgraded);
        connect(m_upgrade.get(), &EngineUpgrade::failed, this, [this](const Hubbub::Error &why) {
            qCDebug(SocketIo::lcEngine) << "no upgrade:" << why.code << why.cause;
            endUpgrade();
            Q_EMIT upgradeFailed(why);
        });
        m_upgrade->start(m_options.makeRequest(name, m_handshake.sid));
        return;
    }
}

void Engine::onUpgraded()
{
    use(m_upgrade->takeCandidate());
    rememberTransport(true);
    qCDebug(SocketIo::lcEngine) << "upgraded to" << m_transport->name();
    endUpgrade();
    Q_EMIT upgraded(m_transport->name());
}

/// What was kept meanwhile goes out over whatever transport there is now.
void Engine::endUpgrade()
{
    const std::vector<Packet> kept = m_upgrade->takeKept();
    m_upgrade.release()->deleteLater();
    for (const Packet &packet : kept)
        m_transport->send(packet);
}

/// Once what is under way now is through.
void Engine::trimSoon()
{
    QTimer::singleShot(settleTime, this, [this] {
        if (m_state == State::Open)
            m_transport->trim();
    });
}

} // namespace EngineIo
