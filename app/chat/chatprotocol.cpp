// SPDX-License-Identifier: MIT
#include "app/chat/chatprotocol.h"

#include "libclient/outbox/outboxanswer.h"

#include <QtCore/QFutureWatcher>

namespace Hubbub::App
{

using namespace Qt::StringLiterals;
using SocketIo::Arguments;
using SocketIo::Event;

ChatProtocol::ChatProtocol(SocketIo::Socket *socket, QObject *parent)
    : QObject(parent)
    , m_socket(socket)
{
    forward<ChatIdentity>(u"authenticated"_s, &ChatProtocol::authenticated);
    forward<ChatHistory>(u"room-history"_s, &ChatProtocol::historyReceived);
    forward<ChatMessage>(u"new-message"_s, &ChatProtocol::messageReceived);
    forward<ChatMessage>(u"private-message"_s, &ChatProtocol::privateMessageReceived);
    forward<ChatPerson>(u"user-joined"_s, &ChatProtocol::personJoined);
    forward<ChatPerson>(u"user-left"_s, &ChatProtocol::personLeft);
    forward<ChatPerson>(u"user-typing"_s, &ChatProtocol::typingStarted);
    forward<ChatPerson>(u"user-stop-typing"_s, &ChatProtocol::typingStopped);
    forward<ChatRoomInfo>(u"room-updated"_s, &ChatProtocol::roomUpdated);
    forward<ChatPerson>(u"presence"_s, &ChatProtocol::presenceChanged);
    socket->on(u"error"_s, this, [this](const QCborValue &value) {
        Q_EMIT refused(value.isString() ? value.toString() : value.toMap().value("message"_L1).toString());
    });
}

template <typename T, typename Signal>
void ChatProtocol::forward(const QString &event, Signal signal)
{
    m_socket->on(event, this, [this, signal](const Event &received) {
        if (const auto value = T::fromValue(received.arguments.at(0)))
            Q_EMIT(this->*signal)(*value);
    });
}

void ChatProtocol::call(const QString &event, const QCborMap &payload, Outcome outcome)
{
    auto *watcher = new QFutureWatcher<Result<Arguments>>(this);
    connect(watcher, &QFutureWatcherBase::finished, this, [watcher, outcome = std::move(outcome)] {
        watcher->deleteLater();
        const bool answered = watcher->future().resultCount() > 0;
        const Result<QCborMap> result = answered ? readAnswer(watcher->result())
                                                 : failure(u"disconnected"_s, tr("The connection was lost."));
        if (outcome)
            outcome(result);
    });
    watcher->setFuture(m_socket->emitWithAck(event, Arguments{QCborValue(payload)}));
}

void ChatProtocol::joinRoom(const QString &roomId, Outcome outcome)
{
    call(u"join-room"_s, {{u"roomId"_s, roomId}}, std::move(outcome));
}

void ChatProtocol::leaveRoom(const QString &roomId, Outcome outcome)
{
    call(u"leave-room"_s, {{u"roomId"_s, roomId}}, std::move(outcome));
}

void ChatProtocol::sendMessage(const QCborMap &payload, Outcome outcome)
{
    call(u"send-message"_s, payload, std::move(outcome));
}

void ChatProtocol::startTyping(const QString &roomId)
{
    m_socket->emitVolatile(u"start-typing"_s, Arguments{QCborValue(QCborMap{{u"roomId"_s, roomId}})});
}

void ChatProtocol::stopTyping(const QString &roomId)
{
    m_socket->emitVolatile(u"stop-typing"_s, Arguments{QCborValue(QCborMap{{u"roomId"_s, roomId}})});
}

void ChatProtocol::listRooms(Outcome outcome)
{
    call(u"list-rooms"_s, {}, std::move(outcome));
}

void ChatProtocol::loadHistory(const QString &roomId, const QString &before, int limit, Outcome outcome)
{
    call(u"load-history"_s, {{u"roomId"_s, roomId}, {u"before"_s, before}, {u"limit"_s, limit}},
         std::move(outcome));
}

void ChatProtocol::roomMembers(const QString &roomId, Outcome outcome)
{
    call(u"room-members"_s, {{u"roomId"_s, roomId}}, std::move(outcome));
}

} // namespace Hubbub::App
