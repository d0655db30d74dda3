// SPDX-License-Identifier: MIT
#pragma once

#include "app/chat/chattypes.h"
#include "libclient/client/socket.h"

#include <functional>

namespace Hubbub::App
{

/// The chat gateway's events as typed signals and calls. A command's outcome is an Error or nothing; it
/// always comes, within the deadline. Extensions are only to be called when the server announced them.
/// Thread: GUI.
class ChatProtocol : public QObject
{
    Q_OBJECT
public:
    /// Done, with the ack's object; or refused ("disconnected", "ack-timeout", the server's code) .
    using Outcome = std::function<void(const Result<QCborMap> &)>;

    ChatProtocol(SocketIo::Socket *socket, QObject *parent);

    SocketIo::Socket *socket() const { return m_socket; }

    void joinRoom(const QString &roomId, Outcome outcome);
    void leaveRoom(const QString &roomId, Outcome outcome);
    void sendMessage(const QCborMap &payload, Outcome outcome);
    void startTyping(const QString &roomId);
    void stopTyping(const QString &roomId);

    void listRooms(Outcome outcome); ///< extension "rooms"
    void loadHistory(const QString &roomId, const QString &before, int limit,
                     Outcome outcome); ///< "history-paging"
    void roomMembers(const QString &roomId, Outcome outcome); ///< "presence"

Q_SIGNALS:
    void authenticated(const Hubbub::App::ChatIdentity &identity);
    void refused(const QString &message); ///< the server's error event
    void historyReceived(const Hubbub::App::ChatHistory &history);
    void messageReceived(const Hubbub::App::ChatMessage &message);
    void privateMessageReceived(const Hubbub::App::ChatMessage &message);
    void personJoined(const Hubbub::App::ChatPerson &person);
    void personLeft(const Hubbub::App::ChatPerson &person);
    void typingStarted(const Hubbub::App::ChatPerson &person);
    void typingStopped(const Hubbub::App::ChatPerson &person);
    void roomUpdated(const Hubbub::App::ChatRoomInfo &room);
    void presenceChanged(const Hubbub::App::ChatPerson &person);

private:
    void call(const QString &event, const QCborMap &payload, Outcome outcome);
    template <typename T, typename Signal>
    void forward(const QString &event, Signal signal);

    SocketIo::Socket *m_socket;
};

} // namespace Hubbub::App
