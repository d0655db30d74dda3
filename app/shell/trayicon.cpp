// SPDX-License-Identifier: MIT
#include "app/shell/trayicon.h"

#include "app/shell/application.h"
#include "app/shell/servers.h"
#include "app/shell/windowcontroller.h"
#include "qml/Ui/trayicon.h"

#include <QtGui/QGuiApplication>
#include <QtGui/QPalette>

namespace Hubbub::App
{

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace
{

constexpr auto searchPause = 2s;
constexpr int maxLooks = 15; // half a minute: as long as desktops take to start their panel
constexpr auto batch = 200ms; // counts come in bursts

Ui::TrayState lookOf(TraySummary::State state)
{
    switch (state) {
    case TraySummary::State::Online:
        return Ui::TrayState::Online;
    case TraySummary::State::Offline:
        return Ui::TrayState::Offline;
    case TraySummary::State::Hosting:
        return Ui::TrayState::Hosting;
    case TraySummary::State::Unread:
        return Ui::TrayState::Unread;
    case TraySummary::State::Mention:
        return Ui::TrayState::Mention;
    case TraySummary::State::Untrusted:
        return Ui::TrayState::Untrusted;
    }
    return Ui::TrayState::Online;
}

bool hasDarkPanel()
{
    return QGuiApplication::palette().color(QPalette::Window).lightness() < 128;
}

} // namespace

TrayIcon::TrayIcon(Application *application, QObject *parent)
    : QObject(parent)
    , m_application(application)
{
    m_search.setInterval(searchPause);
    connect(&m_search, &QTimer::timeout, this, &TrayIcon::lookForTray);
    m_refresh.setSingleShot(true);
    m_refresh.setInterval(batch);
    connect(&m_refresh, &QTimer::timeout, this, &TrayIcon::refresh);
    m_icon.setContextMenu(&m_menu);
    // What changed while it was open, or while a desktop kept a copy of it, shows the next time.
    connect(&m_menu, &QMenu::aboutToShow, this, [this] { buildMenu(summary()); });
    connect(&m_menu, &QMenu::aboutToHide, this, &TrayIcon::scheduleRefresh);
    connect(&m_icon, &QSystemTrayIcon::activated, this, [this](QSystemTrayIcon::ActivationReason reason) {
        if (reason == QSystemTrayIcon::Trigger)
            toggleWindow();
    });
    connect(&m_icon, &QSystemTrayIcon::messageClicked, application->window(), &WindowController::requestShow);
    Servers *servers = application->servers();
    HostController *host = application->host();
    connect(servers, &Servers::unreadChanged, this, &TrayIcon::scheduleRefresh);
    connect(servers, &Servers::linksChanged, this, &TrayIcon::scheduleRefresh);
    connect(servers, &Servers::currentChanged, this, &TrayIcon::scheduleRefresh);
    connect(servers, &Servers::countChanged, this, &TrayIcon::scheduleRefresh);
    connect(host, &HostController::stateChanged, this, &TrayIcon::scheduleRefresh);
    connect(host, &HostController::peopleChanged, this, &TrayIcon::scheduleRefresh);
    connect(application->window(), &WindowController::visibleChanged, this, &TrayIcon::scheduleRefresh);
    lookForTray();
}

void TrayIcon::lookForTray()
{
    m_looks += 1;
    const bool available = QSystemTrayIcon::isSystemTrayAvailable();
    m_application->window()->setTrayAvailable(available);
    if (!available && m_looks < maxLooks) {
        m_search.start();
        return;
    }
    m_search.stop();
    if (available) {
        refresh();
        m_icon.show();
    }
}

void TrayIcon::explainHiding()
{
    m_icon.showMessage(u"Hubbub"_s, tr("Hubbub goes on here. Quit it from this menu."),
                       QSystemTrayIcon::Information);
}

void TrayIcon::scheduleRefresh()
{
    if (m_application->window()->trayAvailable() && !m_refresh.isActive())
        m_refresh.start();
}

void TrayIcon::refresh()
{
    const TraySummary now = summary();
    m_icon.setIcon(Ui::makeTrayIcon(lookOf(now.state), now.count, hasDarkPanel()));
    m_icon.setToolTip(now.toolTip);
    if (!m_menu.isVisible()) // not under the pointer
        buildMenu(now);
}

TraySummary TrayIcon::summary() const
{
    return TraySummary::of(*m_application->servers(), *m_application->host());
}

void TrayIcon::buildMenu(const TraySummary &summary)
{
    m_menu.clear();
    qDeleteAll(m_menu.findChildren<QMenu *>(Qt::FindDirectChildrenOnly));
    WindowController *window = m_application->window();
    m_menu.addAction(window->isVisible() ? tr("Hide Hubbub") : tr("Show Hubbub"), this,
                     &TrayIcon::toggleWindow);
    if (!summary.phase.isEmpty())
        m_menu.addAction(summary.phase)->setEnabled(false);
    if (!summary.rooms.isEmpty())
        m_menu.addSeparator();
    for (const TraySummary::UnreadRoom &room : summary.rooms) {
        const QString count = room.mentions > 0 ? tr("%1 (%2 for you)").arg(room.unread).arg(room.mentions)
                                                : QString::number(room.unread);
        m_menu.addAction(u"%1\t%2"_s.arg(QString(room.title).replace(u'&', "&&"_L1), count), this,
                         [this, session = room.session, roomId = room.roomId] {
                             if (!session)
                                 return;
                             m_application->servers()->setCurrent(session);
                             session->chat()->openRoom(roomId);
                             m_application->window()->requestPage(u"chat"_s);
                         });
    }
    m_menu.addSeparator();
    addHosting(summary);
    m_menu.addSeparator();
    m_menu.addAction(tr("Settings"), this, [window] { window->requestPage(u"settings"_s); });
    m_menu.addAction(tr("Quit"), window, &WindowController::requestQuit);
}

void TrayIcon::addHosting(const TraySummary &summary)
{
    QMenu *hosting = m_menu.addMenu(QString(summary.hostTitle).replace(u'&', "&&"_L1));
    HostController *host = m_application->host();
    WindowController *window = m_application->window();
    if (summary.hosting == HostController::Running) {
        hosting->addAction(summary.hostDetail)->setEnabled(false);
        hosting->addAction(tr("Stop hosting"), host, &HostController::stop);
        hosting->addAction(tr("Copy address"), host, &HostController::copyAddress);
        hosting->addAction(tr("Show QR code"), this, [window] { window->requestPage(u"host"_s); });
    } else {
        QAction *start = hosting->addAction(tr("Start hosting"), host, &HostController::startAgain);
        start->setEnabled(summary.hosting == HostController::Stopped
                          || summary.hosting == HostController::Failed);
    }
}

void TrayIcon::toggleWindow()
{
    WindowController *window = m_application->window();
    if (window->isVisible())
        window->setVisible(false);
    else
        window->requestShow();
}

} // namespace Hubbub::App
