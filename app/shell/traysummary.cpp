// SPDX-License-Identifier: MIT
#include "app/shell/traysummary.h"

#include "app/shell/identity.h"
#include "app/shell/servers.h"

#include <QtCore/QCoreApplication>

#include <algorithm>

namespace Hubbub::App
{

using namespace Qt::StringLiterals;
using SocketIo::ConnectionState;

namespace
{

QString say(const char *text)
{
    return QCoreApplication::translate("Hubbub::App::TraySummary", text);
}

QList<TraySummary::UnreadRoom> unreadRooms(const Servers &servers)
{
    QList<TraySummary::UnreadRoom> rooms;
    for (ServerSession *session : servers.sessions()) {
        for (const Room *room : session->chat()->rooms()->rooms()) {
            if (room->unread() > 0)
                rooms.append({session, room->roomId(), room->title(), room->unread(), room->mentions()});
        }
    }
    std::stable_sort(rooms.begin(), rooms.end(), [](const auto &a, const auto &b) {
        return (a.mentions > 0) != (b.mentions > 0) ? a.mentions > 0 : a.unread > b.unread;
    });
    if (rooms.size() > TraySummary::maxRooms)
        rooms.resize(TraySummary::maxRooms);
    return rooms;
}

} // namespace

TraySummary TraySummary::of(const Servers &servers, const HostController &host)
{
    TraySummary summary;
    summary.rooms = unreadRooms(servers);
    summary.hosting = host.state();
    const bool isHosting = host.state() == HostController::Running;
    summary.hostTitle = isHosting ? say("Hosting %1").arg(host.roomName()) : say("Host on this network");
    const QString address = host.url().section("//"_L1, 1);
    if (isHosting)
        summary.hostDetail = peopleText(host.people()) + u" · "_s + address;

    const auto &sessions = servers.sessions();
    const bool alarm = std::any_of(sessions.begin(), sessions.end(), [](const ServerSession *session) {
        const auto state = session->link()->facts().state;
        return state == ConnectionState::Untrusted || state == ConnectionState::Refused;
    });
    const bool online = std::any_of(sessions.begin(), sessions.end(),
                                    [](const ServerSession *session) { return session->link()->isOnline(); });
    if (alarm)
        summary.state = State::Untrusted;
    else if (servers.mentions() > 0)
        summary.state = State::Mention;
    else if (servers.unread() > 0)
        summary.state = State::Unread;
    else if (isHosting)
        summary.state = State::Hosting;
    else
        summary.state = online ? State::Online : State::Offline;
    summary.count = summary.state == State::Mention ? servers.mentions() : servers.unread();

    if (const ServerSession *current = servers.current())
        summary.phase = say("%1, %2").arg(current->title(), current->link()->text().toLower());
    summary.toolTip = isHosting                 ? say("Hosting: %1").arg(summary.hostDetail)
                      : summary.phase.isEmpty() ? u"Hubbub"_s
                                                : summary.phase;
    return summary;
}

} // namespace Hubbub::App
