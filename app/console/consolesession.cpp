// SPDX-License-Identifier: MIT
#include "app/console/consolesession.h"

#include "app/console/adminclient.h"
#include "libclient/client/manager.h"
#include "libclient/client/socket.h"

namespace Hubbub::App
{

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using SocketIo::ConnectionState;

namespace
{
const QString &adminNamespace()
{
    static const QString name = u"/admin"_s;
    return name;
}
} // namespace

ConsoleSession::ConsoleSession(SocketIo::Manager *manager, QObject *parent)
    : QObject(parent)
    , m_manager(manager)
    , m_link(new LinkStatus(this))
    , m_store(new ConsoleStore(adminNamespace(), this))
    , m_overview(new ConsoleOverview(m_store, this))
    , m_connections(new ConnectionsModel(m_store, this))
    , m_rooms(new ConsoleRoomsModel(m_store, this))
    , m_namespaces(new NamespacesModel(m_store, this))
    , m_nodes(new NodesModel(m_store, this))
    , m_details(new ConnectionDetails(m_store, this))
{
    m_second.setInterval(1s);
    m_second.setTimerType(Qt::PreciseTimer);
    connect(&m_second, &QTimer::timeout, this, &ConsoleSession::second);
    connect(m_store, &ConsoleStore::changed, this, &ConsoleSession::countsChanged);
    connect(m_store, &ConsoleStore::statsReceived, this, &ConsoleSession::compare);
    connect(m_connections, &ConnectionsModel::countChanged, this, &ConsoleSession::countsChanged);
    connect(m_link, &LinkStatus::goOnlineRequested, this, &ConsoleSession::open);
    connect(m_link, &LinkStatus::goOfflineRequested, this, [this] { setActive(false); });
    connect(m_link, &LinkStatus::signInRequested, this, [this] { setState(false, true, m_error); });
}

ConsoleSession::~ConsoleSession() = default;

void ConsoleSession::setHost(const QString &host)
{
    m_host = host;
    m_link->setHost(host);
}

void ConsoleSession::setActive(bool active)
{
    if (m_active == active)
        return;
    m_active = active;
    if (active) {
        if (m_away.isValid())
            m_overview->skip(m_away.elapsed() / 1000);
        m_second.start();
        open();
    } else {
        m_second.stop();
        m_away.start();
        if (m_socket)
            m_socket->disconnectFromServer();
        setState(false, false, {});
    }
    Q_EMIT activeChanged();
}

void ConsoleSession::login(const QString &username, const QString &password)
{
    setCredentials(username, password);
    setState(false, false, {});
    open();
}

void ConsoleSession::setCredentials(const QString &username, const QString &password)
{
    m_credentials = {{u"username"_s, username}, {u"password"_s, password}};
    m_sessionId.clear();
}

void ConsoleSession::open()
{
    if (!m_active)
        return;
    if (!m_socket) {
        m_socket = m_manager->socket(adminNamespace());
        auto *client = new AdminClient(m_socket, m_store, m_overview, this);
        // Servers compare the payload key by key, so a session's id goes alone, and so do name and password.
        m_socket->setAuth([this](const std::function<void(QCborMap)> &answer) {
            m_triedLogin = !m_credentials.isEmpty();
            answer(m_sessionId.isEmpty() ? m_credentials : QCborMap{{u"sessionId"_s, m_sessionId}});
        });
        connect(client, &AdminClient::sessionGiven, this, [this](const QString &id) { m_sessionId = id; });
        connect(client, &AdminClient::configured, this, [this] { setState(true, false, {}); });
        connect(m_socket, &SocketIo::Socket::connectError, this, &ConsoleSession::refused);
        connect(m_socket, &SocketIo::Socket::connected, this, [this] {
            m_drift = m_driftBefore = 0; // rows stay: the snapshot that follows removes what is gone
        });
        m_link->watch(m_socket);
    }
    m_socket->connectToServer();
}

void ConsoleSession::refused()
{
    if (m_socket->state() != ConnectionState::Refused)
        return;
    const Error error = m_socket->lastError();
    if (!isAboutSigningIn(error)) {
        setState(false, false, explain(error, m_host));
        return;
    }
    if (!m_sessionId.isEmpty()) { // forgotten by the server: once more with name and password
        m_sessionId.clear();
        QTimer::singleShot(0, this, &ConsoleSession::open);
        return;
    }
    setState(false, true, m_triedLogin ? explain(error, m_host) : QString());
}

void ConsoleSession::setState(bool available, bool needsLogin, const QString &error)
{
    if (m_available == available && m_needsLogin == needsLogin && m_error == error)
        return;
    m_available = available;
    m_needsLogin = needsLogin;
    m_error = error;
    Q_EMIT stateChanged();
    Q_EMIT qualityChanged();
}

void ConsoleSession::setSelectedKey(const QString &key)
{
    if (m_selectedKey == key)
        return;
    m_selectedKey = key;
    m_details->select(key);
    Q_EMIT selectedKeyChanged();
}

QString ConsoleSession::quality() const
{
    // A figure may be taken between a change and its event; drift is what two in a row agree on.
    return !m_available ? QString() : m_drift > 0 && m_driftBefore > 0 ? u"Drift"_s : u"Complete"_s;
}

QString ConsoleSession::qualityText() const
{
    if (quality() == "Drift"_L1)
        return tr("%n differ", nullptr, m_drift);
    return m_available ? tr("%n lost", nullptr, 0) : QString();
}

void ConsoleSession::second()
{
    const bool known = m_available && m_socket && m_socket->isConnected();
    m_store->tick();
    m_overview->sample(known);
}

void ConsoleSession::compare()
{
    if (m_store->sockets().isEmpty())
        return;
    const QString before = quality();
    m_driftBefore = std::exchange(m_drift, m_store->drift());
    if (quality() != before)
        Q_EMIT qualityChanged();
}

} // namespace Hubbub::App
