// SPDX-License-Identifier: MIT
#pragma once

#include "app/host/hostcontroller.h"
#include "app/shell/application.h"
#include "app/shell/servers.h"
#include "app/shell/settings.h"
#include "libclient/client/manager.h"
#include "libclient/client/socket.h"

#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

namespace HubbubTest
{

/// The app without a window, in a profile of its own, hosting on loopback.
class HostingApp
{
public:
    HostingApp()
        : application(std::make_unique<Hubbub::App::Application>(dir.path()))
    {
        plan.address = QHostAddress(QHostAddress::LocalHost);
        plan.dataDir = dir.filePath(QStringLiteral("host"));
        plan.known = {{QStringLiteral("u_mara"), QStringLiteral("Mara Lindqvist")}};
        plan.rooms = {{QStringLiteral("lobby"), QStringLiteral("Lobby")}};
        application->host()->setPlan(plan);
        application->settings()->setName(QStringLiteral("Lena Hoffmann"));
    }

    Hubbub::App::HostController *host() const { return application->host(); }
    Hubbub::App::ServerSession *session() const { return application->host()->session(); }
    Hubbub::App::ChatSession *chat() const { return session()->chat(); }

    /// Starts hosting, and waits until the app is in the room.
    bool start()
    {
        host()->start(QStringLiteral("Test room"));
        return QTest::qWaitFor([this] { return session() && chat()->isOnline(); }, 10'000)
               && chat()->openRoom(QStringLiteral("lobby"))
               && QTest::qWaitFor([this] { return chat()->currentRoom()->isJoined(); }, 10'000);
    }
    bool stop()
    {
        host()->stop();
        return QTest::qWaitFor([this] { return host()->state() == Hubbub::App::HostController::Stopped; },
                               10'000);
    }

    QTemporaryDir dir;
    Hubbub::App::HostController::Plan plan;
    std::unique_ptr<Hubbub::App::Application> application;
};

/// Somebody else in the lobby: a bare client that keeps what it hears.
class OtherPerson : public QObject
{
public:
    OtherPerson(const QUrl &url, const QString &token)
        : manager(url,
                  [] {
                      SocketIo::ManagerOptions options;
                      options.autoConnect = false;
                      return options;
                  }())
        , socket(manager.socket(QStringLiteral("/chat")))
    {
        socket->setAuth(QCborMap{{QStringLiteral("token"), token}});
        socket->on(QStringLiteral("authenticated"), this,
                   [this](const QCborMap &) { send(QStringLiteral("join-room"), {}); });
        socket->on(QStringLiteral("room-history"), this, [this](const QCborMap &) { joined = true; });
        socket->on(QStringLiteral("new-message"), this, [this](const QCborMap &message) {
            heard.append(message[QStringLiteral("content")].toString());
        });
        socket->connectToServer();
    }

    void send(const QString &event, QCborMap payload)
    {
        payload.insert(QStringLiteral("roomId"), QStringLiteral("lobby"));
        std::ignore = socket->emitEvent(event, payload);
    }

    SocketIo::Manager manager;
    SocketIo::Socket *socket;
    QStringList heard;
    bool joined = false;
};

} // namespace HubbubTest
