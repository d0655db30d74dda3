// SPDX-License-Identifier: MIT
#include "app/host/hostcontroller.h"

#include "app/host/lanaddresses.h"
#include "app/shell/application.h"
#include "app/shell/clipboard.h"
#include "app/shell/identity.h"
#include "app/shell/profile.h"
#include "app/shell/servers.h"
#include "app/shell/settings.h"

namespace Hubbub::App
{

using namespace Qt::StringLiterals;

HostController::HostController(const Profile &profile, Settings *settings, Servers *servers,
                               Clipboard *clipboard, QObject *parent)
    : QObject(parent)
    , m_settings(settings)
    , m_servers(servers)
    , m_clipboard(clipboard)
    , m_log(new HostLogModel(this))
    , m_people(new HostPeopleModel(this))
    , m_thread(new HostThread(this))
    , m_roomName(settings->remembered(u"host/roomName"_s).toString())
    , m_port(quint16(settings->remembered(u"host/port"_s, 0).toUInt()))
{
    m_plan.dataDir = profile.file(u"host"_s);
    connect(m_thread, &HostThread::started, this, &HostController::started);
    connect(m_thread, &HostThread::failed, this, &HostController::failed);
    connect(m_thread, &HostThread::stopped, this, &HostController::stopped);
    connect(m_thread, &HostThread::personJoined, this,
            [this](const ChatUser &person, const QString &address) {
                const bool isHost = person.id == m_settings->userId();
                m_people->add(person, address, isHost);
                if (!isHost)
                    m_log->add(u"person-plus"_s, tr("%1 joined").arg(person.username), address);
            });
    connect(m_thread, &HostThread::personLeft, this, [this](const ChatUser &person, const QString &address) {
        m_people->remove(person.id);
        m_log->add(u"logout"_s, tr("%1 left").arg(person.username), address);
    });
    connect(m_thread, &HostThread::personRefused, this,
            [this](const QString &reason, const QString &address) {
                m_log->add(u"alert-triangle"_s, tr("Somebody was turned away: %1").arg(reason), address);
            });
    connect(m_people, &HostPeopleModel::countChanged, this, &HostController::peopleChanged);
    connect(m_servers, &Servers::hostRequested, this, &HostController::startAgain);
}

HostController::~HostController() = default;

HostController *HostController::create(QQmlEngine *engine, QJSEngine *)
{
    return Application::of(engine)->forQml(Application::of(engine)->host());
}

QString HostController::peopleText() const
{
    return Hubbub::App::peopleText(people());
}

ServerSession *HostController::session() const
{
    return m_session;
}

void HostController::start(const QString &roomName, int port)
{
    if (m_state == Starting || m_state == Running || m_state == Stopping)
        return;
    if (port < 0 || port > 65535) {
        setState(Failed, tr("A port is a number from 1 to 65535."));
        return;
    }
    const QString name = roomName.simplified().left(64);
    m_roomName = name.isEmpty() ? tr("%1’s room").arg(m_settings->displayName().section(u' ', 0, 0)) : name;
    Q_EMIT roomNameChanged();
    m_mayFallBack = port == 0 && m_port != 0;
    launch(port == 0 ? m_port : quint16(port));
}

void HostController::launch(quint16 port)
{
    m_tried = port;
    LiteServerConfig config;
    config.host = m_plan.address;
    config.port = port;
    config.dataDir = m_plan.dataDir;
    config.title = m_roomName;
    config.allowGuests = true;
    config.rooms = m_plan.rooms;
    setState(Starting);
    m_thread->start(config, {m_settings->userId(), m_settings->displayName()}, m_plan.known);
}

void HostController::stop()
{
    if (m_state != Running)
        return;
    setState(Stopping);
    if (m_session)
        m_session->goOffline(tr("Hosting is stopped. Start it again to go on."));
    m_thread->stop();
}

void HostController::copyAddress()
{
    if (!m_addresses.isEmpty())
        m_clipboard->copy(url());
}

void HostController::started(const HostedServer &server)
{
    m_port = server.port;
    m_tokens = server.tokens;
    m_since = QDateTime::currentDateTime();
    m_settings->remember(u"host/port"_s, m_port);
    m_settings->remember(u"host/roomName"_s, m_roomName);
    m_addresses =
        rankedUrls(m_plan.address == QHostAddress::LocalHost ? QList<LanAddress>() : lanAddresses(), m_port);
    QUrl own;
    own.setScheme(u"http"_s);
    own.setHost(QHostAddress(QHostAddress::LocalHost).toString());
    own.setPort(m_port);
    m_session = m_servers->addHosted({own, m_roomName, server.token, true});
    if (m_plan.rooms.isEmpty())
        m_session->chat()->ensureRoom(u"lobby"_s, m_roomName);
    m_session->console()->setCredentials(server.operatorName, server.operatorPassword);
    m_log->add(u"power"_s, tr("Hosting started"), url());
    if (!server.notice.isEmpty())
        m_log->add(u"alert-triangle"_s, server.notice);
    Q_EMIT addressesChanged();
    setState(Running);
}

void HostController::failed(const Error &error)
{
    if (m_mayFallBack && error.code == "address-in-use"_L1) {
        m_log->add(u"alert-triangle"_s, tr("Port %1 is taken, another one is used").arg(m_tried));
        m_mayFallBack = false;
        launch(0);
        return;
    }
    const QString text = sentence(error, m_tried);
    m_log->add(u"alert-triangle"_s, text, error.cause);
    setState(Failed, text);
}

void HostController::stopped()
{
    m_people->clear();
    m_addresses.clear();
    m_log->add(u"power"_s, tr("Hosting stopped"));
    Q_EMIT addressesChanged();
    setState(Stopped);
}

void HostController::setState(State state, const QString &error)
{
    m_state = state;
    m_error = error;
    Q_EMIT stateChanged();
}

QString HostController::sentence(const Error &error, quint16 port)
{
    if (error.code == "address-in-use"_L1)
        return tr("Port %1 is in use by another program. Choose another one, or leave it to Hubbub.")
            .arg(port);
    if (error.code == "permission-denied"_L1)
        return tr("This computer does not let you use port %1. Choose one above 1023.").arg(port);
    return error.message;
}

} // namespace Hubbub::App
