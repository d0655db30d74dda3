// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/gateway/chatuser.h"

#include <QtCore/QObject>
#include <QtCore/QUrl>

namespace SocketIo
{
class Manager;
class Socket;
} // namespace SocketIo

namespace Hubbub::App
{

/// A made-up person: a real client of the chat in this program. Thread: GUI.
class DemoUser : public QObject
{
    Q_OBJECT
public:
    DemoUser(const QUrl &server, const ChatUser &user, const QString &token, const QStringList &rooms,
             QObject *parent);

    const ChatUser &user() const { return m_user; }
    bool isThere() const;
    void come();
    void go();
    void startTyping(const QString &roomId);
    void say(const QString &roomId, const QString &text);

Q_SIGNALS:
    void arrived(); ///< in all the rooms

private:
    void emitAbout(const QString &event, const QString &roomId);

    ChatUser m_user;
    QStringList m_rooms;
    qsizetype m_entered = 0; ///< of m_rooms, on this connection
    SocketIo::Manager *m_manager;
    SocketIo::Socket *m_socket;
};

} // namespace Hubbub::App
