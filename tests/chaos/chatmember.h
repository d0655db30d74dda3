// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/client/manager.h"
#include "libclient/client/socket.h"

#include <QtCore/QPointer>

namespace HubbubTest
{

/// Somebody in one room of a chat, who goes back into it after each loss. Thread: that of the manager, which
/// has to outlive it.
class ChatMember : public QObject
{
    Q_OBJECT
public:
    ChatMember(SocketIo::Manager *manager, const QString &token, const QString &room)
        : m_socket(manager->socket(QStringLiteral("/chat"), {.auth = {{QStringLiteral("token"), token}}}))
        , m_room(room)
    {
        m_socket->on(QStringLiteral("authenticated"), this, [this](const QCborMap &) { join(); });
    }

    SocketIo::Socket *socket() const { return m_socket; }

Q_SIGNALS:
    void joined();

private:
    void join()
    {
        m_socket->emitWithAck(QStringLiteral("join-room"), {QCborMap{{QStringLiteral("roomId"), m_room}}})
            .then(this, [this](const Hubbub::Result<SocketIo::Arguments> &answer) {
                if (answer && m_socket->isConnected())
                    Q_EMIT joined();
                else if (m_socket->isConnected())
                    join();
            });
    }

    SocketIo::Socket *m_socket;
    QString m_room;
};

} // namespace HubbubTest
