// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/core/serversocket.h"
#include "server-lite/gateway/chatservices.h"
#include "server-lite/gateway/chatuser.h"

#include <QtCore/QHash>
#include <QtCore/QObject>

namespace Hubbub
{

namespace ChatRequests
{
struct SendMessage;
}

/// One authenticated socket of the chat: answers its commands. A child of its socket. Thread: the server's.
class ChatSession : public QObject
{
    Q_OBJECT
public:
    static constexpr qsizetype maxRooms = 200; ///< per socket

    ChatSession(SocketIo::ServerSocket *socket, ChatUser user, ChatServices &services);

    const ChatUser &user() const { return m_user; }

    /// The socket is gone: takes back typing marks, and leaves the rooms without leaving them for good.
    void end();

private:
    using Command = void (ChatSession::*)(const SocketIo::Event &);
    enum class Membership { Joining, Joined }; ///< Joining: waits for the history

    void handle(const QString &event, Command command);
    void joinRoom(const SocketIo::Event &event);
    void joined(const QString &roomId, const Result<HistoryPage> &page, const SocketIo::Ack &ack);
    void leaveRoom(const SocketIo::Event &event);
    void sendMessage(const SocketIo::Event &event);
    void store(const ChatRequests::SendMessage &request, const SocketIo::Ack &ack);
    void startTyping(const SocketIo::Event &event);
    void stopTyping(const SocketIo::Event &event);
    void listRooms(const SocketIo::Event &event);
    void roomMembers(const SocketIo::Event &event);
    void loadHistory(const SocketIo::Event &event);

    bool isIn(const QString &roomId) const { return m_rooms.contains(roomId); }
    QCborMap about(const QString &roomId) const;
    void takeTypingMark(const QString &roomId);
    void refuse(const SocketIo::Ack &ack, const Error &error);
    void refuseStranger(const SocketIo::Ack &ack);

    SocketIo::ServerSocket *m_socket;
    ChatUser m_user;
    ChatServices &m_services;
    QHash<QString, Membership> m_rooms;
};

} // namespace Hubbub
