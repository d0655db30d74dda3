// SPDX-License-Identifier: MIT
#pragma once

#include "app/chat/chattypes.h"
#include "app/chat/room.h"
#include "app/chat/roomlistmodel.h"
#include "libclient/protocol/error.h"

#include <QtCore/QObject>
#include <QtCore/QTimer>
#include <QtQml/qqmlregistration.h>

namespace SocketIo
{
class Socket;
}

namespace Hubbub::App
{

class ChatProtocol;
class OutboxBridge;
class RoomJoiner;
class RoomStore;

/// The chat of one server, online or not: who I am there, the rooms I am in, and what waits to be sent.
/// Thread: GUI.
class ChatSession : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Belongs to a ServerSession")
    Q_PROPERTY(QString userId READ userId NOTIFY identityChanged)
    Q_PROPERTY(QString username READ username NOTIFY identityChanged)
    Q_PROPERTY(QStringList features READ features NOTIFY identityChanged)
    Q_PROPERTY(bool online READ isOnline NOTIFY onlineChanged)
    Q_PROPERTY(Hubbub::App::RoomListModel *rooms READ rooms CONSTANT)
    Q_PROPERTY(Hubbub::App::Room *currentRoom READ currentRoom NOTIFY currentRoomChanged)
    Q_PROPERTY(int queuedCount READ queuedCount NOTIFY countsChanged)
    Q_PROPERTY(int failedCount READ failedCount NOTIFY countsChanged)
    Q_PROPERTY(QString error READ error NOTIFY errorChanged)
public:
    /// The files are the ones of this server in the profile; they need not exist.
    ChatSession(SocketIo::Socket *socket, const QString &outboxFile, const QString &roomsFile,
                QObject *parent);
    ~ChatSession() override;

    /// Who I am before the server has said so: for what was written offline.
    void assumeIdentity(const QString &userId, const QString &username);
    QString userId() const { return m_identity.userId; }
    QString username() const { return m_identity.username; }
    QStringList features() const { return m_identity.features; }
    bool hasFeature(const QString &feature) const { return m_identity.features.contains(feature); }
    bool isOnline() const { return m_online; } ///< authenticated and connected

    RoomListModel *rooms() const { return m_rooms; }
    Room *currentRoom() const { return m_current; }
    int queuedCount() const;
    int failedCount() const;
    int unread() const;
    int mentions() const;
    QString error() const { return m_error; } ///< the gateway's last one; empty again when it works
    bool isAttentive() const { return m_attentive; }
    void setAttentive(bool attentive); ///< whether somebody looks at the window: then what comes is seen

    Q_INVOKABLE Hubbub::App::Room *openRoom(const QString &roomId);
    Q_INVOKABLE Hubbub::App::Room *createRoom(const QString &name); ///< null if the name is empty
    void ensureRoom(const QString &roomId, const QString &title); ///< joined from now on, without opening it
    /// Out of it, here and on the server; openRoom() brings it back. False, and error(), while messages wait
    /// in it.
    Q_INVOKABLE bool leaveRoom(const QString &roomId);
    Q_INVOKABLE void dismissError();

    ChatProtocol *protocol() const { return m_protocol; }
    OutboxBridge *outbox() const { return m_outbox; }
    RoomStore *store() const { return m_store; }

Q_SIGNALS:
    void identityChanged();
    void onlineChanged();
    void currentRoomChanged();
    void countsChanged();
    void unreadChanged();
    void errorChanged();
    void roomLeft(const QString &roomId, const QString &title);
    void refusedByServer(const QString &message); ///< its error event: usually followed by its goodbye
    void messageNotified(Hubbub::App::Room *room, const Hubbub::App::ChatMessage &message);

private:
    void authenticated(const ChatIdentity &identity);
    void disconnected();
    void show(Room *room);
    void joined(Room *room);
    void notLeft(Room *room, const Error &error);
    void askMembers(Room *room);
    void askRooms();
    void updateReady();
    Room *room(const QString &roomId, const QString &title = {});
    Room *roomOf(const ChatPerson &person);
    void messageReceived(const ChatMessage &message);
    void presenceChanged(const ChatPerson &person);
    void setError(const QString &error);
    void startDay();

    ChatProtocol *m_protocol;
    RoomStore *m_store;
    OutboxBridge *m_outbox;
    RoomJoiner *m_joiner;
    RoomListModel *m_rooms;
    ChatIdentity m_identity;
    Room *m_current = nullptr;
    QString m_error;
    bool m_online = false;
    bool m_attentive = true;
    QTimer m_midnight;
};

} // namespace Hubbub::App
