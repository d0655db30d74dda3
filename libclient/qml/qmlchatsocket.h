// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/qml/qmlchatmessages.h"
#include "libclient/qml/qmlsocket.h"

#include <deque>
#include <functional>

namespace SocketIo
{

/// A chat for QML, what useChatSocket is for React: one room at a time of a server that speaks the chat's
/// contract (docs/protocol.md, namespace /chat).
///
///     ChatSocket {
///         id: chat; url: "https://chat.example.org"; token: session.token
///         Component.onCompleted: joinRoom("lobby")
///     }
///     ListView { model: chat.messages; delegate: Text { required property string content; text: content } }
///
/// It joins its room again after each reconnect. What is sent while it is not in the room waits and goes out
/// in order once it is; what was not answered when the connection ended goes out again, with the same
/// clientMessageId, by which our server tells that it has it. Everything ends with the object. Thread: the
/// engine's.
class QmlChatSocket : public SocketIo::QmlSocket // in full: Qt's registrar looks for what stands here
{
    Q_OBJECT
    QML_NAMED_ELEMENT(ChatSocket)
    Q_PROPERTY(QString token READ token WRITE setToken NOTIFY tokenChanged FINAL)
    Q_PROPERTY(bool authenticated READ isAuthenticated NOTIFY authenticatedChanged FINAL)
    Q_PROPERTY(QString userId READ userId NOTIFY authenticatedChanged FINAL)
    Q_PROPERTY(QString username READ username NOTIFY authenticatedChanged FINAL)
    Q_PROPERTY(QStringList features READ features NOTIFY authenticatedChanged FINAL)
    Q_PROPERTY(QString currentRoom READ currentRoom NOTIFY currentRoomChanged FINAL) ///< empty until joined
    Q_PROPERTY(SocketIo::QmlChatMessages *messages READ messages CONSTANT FINAL)
    Q_PROPERTY(
        QVariantList typingUsers READ typingUsers NOTIFY typingUsersChanged FINAL) ///< userId, username
    Q_PROPERTY(int pendingCount READ pendingCount NOTIFY pendingCountChanged FINAL) ///< not answered yet
    Q_PROPERTY(QString error READ error NOTIFY errorChanged FINAL) ///< a sentence; empty if all is well
public:
    /// More than that waiting is refused.
    static constexpr qsizetype maxPending = 1'000;

    explicit QmlChatSocket(QObject *parent = nullptr);
    ~QmlChatSocket() override;

    QString token() const { return m_token; }
    void setToken(const QString &token); ///< counts from the next connect
    bool isAuthenticated() const { return m_authenticated; }
    QString userId() const { return m_user.value(QStringLiteral("userId")).toString(); }
    QString username() const { return m_user.value(QStringLiteral("username")).toString(); }
    QStringList features() const { return m_user.value(QStringLiteral("features")).toStringList(); }
    QString currentRoom() const { return m_joined ? m_room : QString(); }
    QmlChatMessages *messages() { return &m_messages; }
    QVariantList typingUsers() const { return m_typing; }
    int pendingCount() const { return int(m_pending.size()); }
    QString error() const { return m_error; }

    Q_INVOKABLE void joinRoom(const QString &roomId); ///< leaves the one there was
    Q_INVOKABLE void leaveRoom();
    Q_INVOKABLE void sendMessage(const QString &text); ///< to the room; see messageFailed()
    Q_INVOKABLE void startTyping();
    Q_INVOKABLE void stopTyping();

Q_SIGNALS:
    void tokenChanged();
    void authenticatedChanged();
    void currentRoomChanged();
    void typingUsersChanged();
    void pendingCountChanged();
    void errorChanged();
    void messageReceived(const QVariantMap &message); ///< a new one; those of the history are not told
    void privateMessageReceived(const QVariantMap &message);
    void userJoined(const QString &userId, const QString &username);
    void userLeft(const QString &userId, const QString &username);
    void messageFailed(const QString &text, const QString &code,
                       const QString &message); ///< will not be sent

private:
    struct Pending {
        QString text;
        QString id; ///< clientMessageId
        bool sent = false; ///< on this connection
        int unanswered = 0; ///< times that an answer did not come in time
    };
    using Done = std::function<void(const Hubbub::Result<QVariantMap> &)>;

    void onEvent(const QString &name, const QVariantMap &payload);
    void onAuthenticated(const QVariantMap &user);
    void onConnectionChanged();
    void enterRoom();
    void onEntered(const QString &roomId, const Hubbub::Result<QVariantMap> &answer);
    void sendPending();
    void onSent(const QString &id, const Hubbub::Result<QVariantMap> &answer);
    void leaveQuietly(); ///< the room, as far as the server goes
    void setTyping(const QVariantMap &user, bool typing);
    void clearTyping();
    void setError(const QString &error);
    void call(const QString &event, const QVariantMap &payload, const Done &done);

    QString m_token;
    QVariantMap m_user;
    QString m_room; ///< that we want to be in
    QmlChatMessages m_messages;
    QVariantList m_typing;
    std::deque<Pending> m_pending;
    QString m_error;
    bool m_authenticated = false;
    bool m_joined = false;
};

} // namespace SocketIo
