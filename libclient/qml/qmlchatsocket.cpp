// SPDX-License-Identifier: MIT
#include "libclient/qml/qmlchatsocket.h"

#include <QtCore/QPointer>
#include <QtCore/QUuid>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace SocketIo
{

namespace
{

constexpr int mostAsked = 3; // for one answer, on connections that stand

} // namespace

QmlChatSocket::QmlChatSocket(QObject *parent)
    : QmlSocket(parent)
{
    setNsp(u"/chat"_s);
    connect(this, &QmlSocket::eventReceived, this,
            [this](const QString &name, const QVariantList &args) { onEvent(name, args.value(0).toMap()); });
    connect(this, &QmlSocket::stateChanged, this, &QmlChatSocket::onConnectionChanged);
    connect(this, &QmlSocket::connectFailed, this,
            [this](const QString &, const QString &message) { setError(message); });
}

QmlChatSocket::~QmlChatSocket()
{
    forgetAnswers();
}

void QmlChatSocket::setToken(const QString &token)
{
    if (m_token == token)
        return;
    m_token = token;
    setAuth({{u"token"_s, token}});
    Q_EMIT tokenChanged();
}

void QmlChatSocket::joinRoom(const QString &roomId)
{
    if (m_room == roomId)
        return;
    leaveRoom();
    m_room = roomId;
    if (m_authenticated)
        enterRoom();
}

void QmlChatSocket::leaveRoom()
{
    leaveQuietly();
    m_room.clear();
    m_messages.clear();
    clearTyping();
    const std::deque<Pending> unsent = std::exchange(m_pending, {});
    if (!unsent.empty())
        Q_EMIT pendingCountChanged();
    for (const Pending &message : unsent)
        Q_EMIT messageFailed(message.text, u"left"_s, tr("The room was left before this was sent."));
}

void QmlChatSocket::leaveQuietly()
{
    if (!std::exchange(m_joined, false))
        return;
    if (isConnected())
        call(u"leave-room"_s, {{u"roomId"_s, m_room}}, {});
    Q_EMIT currentRoomChanged();
}

void QmlChatSocket::sendMessage(const QString &text)
{
    if (m_room.isEmpty()) {
        Q_EMIT messageFailed(text, u"no-room"_s, tr("Join a room first."));
        return;
    }
    if (qsizetype(m_pending.size()) >= maxPending) {
        Q_EMIT messageFailed(text, u"buffer-full"_s, tr("Too much is waiting to be sent."));
        return;
    }
    m_pending.push_back({text, QUuid::createUuid().toString(QUuid::WithoutBraces)});
    Q_EMIT pendingCountChanged();
    sendPending();
}

void QmlChatSocket::startTyping()
{
    if (m_joined)
        emitVolatile(u"start-typing"_s, QVariantMap{{u"roomId"_s, m_room}});
}

void QmlChatSocket::stopTyping()
{
    if (m_joined)
        emitVolatile(u"stop-typing"_s, QVariantMap{{u"roomId"_s, m_room}});
}

void QmlChatSocket::onEvent(const QString &name, const QVariantMap &payload)
{
    if (name == "authenticated"_L1) {
        onAuthenticated(payload);
    } else if (name == "error"_L1) {
        setError(payload.value(u"message"_s).toString());
    } else if (name == "room-history"_L1) {
        if (payload.value(u"roomId"_s) == m_room)
            m_messages.add(payload.value(u"messages"_s).toList());
    } else if (name == "new-message"_L1) {
        if (payload.value(u"roomId"_s) != m_room)
            return;
        m_messages.add({payload});
        setTyping(payload, false);
        Q_EMIT messageReceived(payload);
    } else if (name == "private-message"_L1) {
        Q_EMIT privateMessageReceived(payload);
    } else if (name == "user-typing"_L1 || name == "user-stop-typing"_L1) {
        setTyping(payload, name == "user-typing"_L1);
    } else if (name == "user-joined"_L1) {
        Q_EMIT userJoined(payload.value(u"userId"_s).toString(), payload.value(u"username"_s).toString());
    } else if (name == "user-left"_L1) {
        setTyping(payload, false);
        Q_EMIT userLeft(payload.value(u"userId"_s).toString(), payload.value(u"username"_s).toString());
    }
}

void QmlChatSocket::onAuthenticated(const QVariantMap &user)
{
    m_user = user;
    m_authenticated = true;
    setError({});
    Q_EMIT authenticatedChanged();
    if (!m_room.isEmpty())
        enterRoom();
}

void QmlChatSocket::onConnectionChanged()
{
    if (isConnected() || !std::exchange(m_authenticated, false))
        return;
    for (Pending &message : m_pending)
        message.sent = false;
    clearTyping();
    if (std::exchange(m_joined, false))
        Q_EMIT currentRoomChanged();
    Q_EMIT authenticatedChanged();
}

void QmlChatSocket::enterRoom()
{
    call(u"join-room"_s, {{u"roomId"_s, m_room}},
         [this, room = m_room](const Hubbub::Result<QVariantMap> &answer) { onEntered(room, answer); });
}

void QmlChatSocket::onEntered(const QString &roomId, const Hubbub::Result<QVariantMap> &answer)
{
    if (!m_authenticated)
        return;
    if (roomId != m_room) { // left before the server had let us in
        if (answer)
            call(u"leave-room"_s, {{u"roomId"_s, roomId}}, {});
        return;
    }
    if (!answer)
        return setError(answer.error().message);
    m_joined = true;
    setError({});
    Q_EMIT currentRoomChanged();
    sendPending();
}

void QmlChatSocket::sendPending()
{
    const QPointer<QmlChatSocket> alive(this); // what is too large is refused before call() returns
    while (alive && m_joined) {
        const auto next = std::find_if(m_pending.begin(), m_pending.end(),
                                       [](const Pending &message) { return !message.sent; });
        if (next == m_pending.end())
            return;
        next->sent = true;
        call(u"send-message"_s,
             {{u"roomId"_s, m_room}, {u"message"_s, next->text}, {u"clientMessageId"_s, next->id}},
             [this, id = next->id](const Hubbub::Result<QVariantMap> &answer) { onSent(id, answer); });
    }
}

void QmlChatSocket::onSent(const QString &id, const Hubbub::Result<QVariantMap> &answer)
{
    const auto it = std::find_if(m_pending.begin(), m_pending.end(),
                                 [&id](const Pending &message) { return message.id == id; });
    if (it == m_pending.end())
        return;
    if (!answer && answer.error().code == "disconnected"_L1)
        return; // goes out again once we are back in the room
    if (!answer && answer.error().code == "ack-timeout"_L1 && features().contains(u"client-message-id"_s)
        && ++it->unanswered < mostAsked) {
        it->sent = false; // the server may have it, and will not take it twice
        return sendPending();
    }
    const QString text = it->text;
    m_pending.erase(it);
    Q_EMIT pendingCountChanged();
    if (!answer)
        Q_EMIT messageFailed(text, answer.error().code, answer.error().message);
}

void QmlChatSocket::setTyping(const QVariantMap &user, bool typing)
{
    const QString id = user.value(u"userId"_s).toString();
    const auto it = std::find_if(m_typing.begin(), m_typing.end(), [&id](const QVariant &known) {
        return known.toMap().value(u"userId"_s) == id;
    });
    if ((it != m_typing.end()) == typing)
        return;
    if (typing)
        m_typing.append(QVariantMap{{u"userId"_s, id}, {u"username"_s, user.value(u"username"_s)}});
    else
        m_typing.erase(it);
    Q_EMIT typingUsersChanged();
}

void QmlChatSocket::clearTyping()
{
    if (m_typing.isEmpty())
        return;
    m_typing.clear();
    Q_EMIT typingUsersChanged();
}

void QmlChatSocket::setError(const QString &error)
{
    if (m_error == error)
        return;
    m_error = error;
    Q_EMIT errorChanged();
}

/// A command's answer is {success: true, …} or {success: false, error: {code, message}}.
void QmlChatSocket::call(const QString &event, const QVariantMap &payload, const Done &done)
{
    ask(event, {QCborValue::fromVariant(payload)}, [done](const Hubbub::Result<Arguments> &result) {
        if (!done)
            return;
        if (!result)
            return done(tl::unexpected<Hubbub::Error>(result.error()));
        const QVariantMap answer = result->toArray().toVariantList().value(0).toMap();
        const QVariantMap refusal = answer.value(u"error"_s).toMap();
        if (answer.value(u"success"_s).toBool())
            done(answer);
        else
            done(Hubbub::failure(refusal.value(u"code"_s, u"refused"_s).toString(),
                                 refusal.value(u"message"_s, tr("The server said no.")).toString()));
    });
}

} // namespace SocketIo
