// SPDX-License-Identifier: MIT
#pragma once

#include "app/host/hostcontroller.h"

#include <QtCore/QList>
#include <QtCore/QPointer>
#include <QtCore/QString>

namespace Hubbub::App
{

class Servers;

/// What the tray has to tell, worked out of the servers and the host. Thread: GUI; a plain value.
struct TraySummary {
    enum class State { Online, Offline, Hosting, Unread, Mention, Untrusted }; ///< by rising priority
    struct UnreadRoom {
        QPointer<ServerSession> session;
        QString roomId;
        QString title;
        int unread = 0;
        int mentions = 0;
    };

    static constexpr int maxRooms = 5;

    State state = State::Offline;
    int count = 0; ///< for the badge
    QString toolTip;
    QString phase; ///< "Northlight Transit, online"; empty without a server
    QList<UnreadRoom> rooms; ///< mentions first
    HostController::State hosting = HostController::Stopped;
    QString hostTitle; ///< "Hosting Lena's room", or "Host on this network"
    QString hostDetail; ///< "6 people · 192.168.1.20:8080"; empty unless hosting

    static TraySummary of(const Servers &servers, const HostController &host);
};

} // namespace Hubbub::App
