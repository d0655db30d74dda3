// SPDX-License-Identifier: MIT
#include "app/demo/demouser.h"

#include "libclient/client/manager.h"
#include "libclient/client/socket.h"

namespace Hubbub::App
{

using namespace Qt::StringLiterals;

namespace
{
SocketIo::ManagerOptions options()
{
    SocketIo::ManagerOptions options;
    options.autoConnect = false;
    return options;
}
} // namespace

DemoUser::DemoUser(const QUrl &server, const ChatUser &user, const QString &token, const QStringList &rooms,
                   QObject *parent)
    : QObject(parent)
    , m_user(user)
    , m_rooms(rooms)
    , m_manager(new SocketIo::Manager(server, options(), this))
    , m_socket(m_manager->socket(u"/chat"_s))
{
    m_socket->setAuth(QCborMap{{u"token"_s, token}});
    m_socket->on(u"authenticated"_s, this, [this](const QCborMap &) {
        m_entered = 0;
        for (const QString &room : std::as_const(m_rooms))
            emitAbout(u"join-room"_s, room);
    });
    // The answer to a join: the past of that room.
    m_socket->on(u"room-history"_s, this, [this](const QCborMap &) {
        if (++m_entered == m_rooms.size())
            Q_EMIT arrived();
    });
}

bool DemoUser::isThere() const
{
    return m_socket->isConnected();
}

void DemoUser::come()
{
    m_socket->connectToServer();
}

void DemoUser::go()
{
    m_socket->disconnectFromServer();
}

void DemoUser::startTyping(const QString &roomId)
{
    emitAbout(u"start-typing"_s, roomId);
}

void DemoUser::say(const QString &roomId, const QString &text)
{
    std::ignore =
        m_socket->emitEvent(u"send-message"_s, QCborMap{{u"roomId"_s, roomId}, {u"message"_s, text}});
}

void DemoUser::emitAbout(const QString &event, const QString &roomId)
{
    std::ignore = m_socket->emitEvent(event, QCborMap{{u"roomId"_s, roomId}});
}

} // namespace Hubbub::App
