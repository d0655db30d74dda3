// SPDX-License-Identifier: MIT
#include "server-lite/gateway/chatsession.h"

#include "server-lite/gateway/chatanswers.h"
#include "server-lite/gateway/chatrequests.h"
#include "server-lite/gateway/logging.h"

namespace Hubbub
{

using namespace Qt::StringLiterals;
using SocketIo::Ack;
using SocketIo::Event;

namespace
{

/// Counts the failure, keeps what only the operator should know in the log, and tells the client the rest.
void fail(ChatCounters &counters, const Ack &ack, const Error &error)
{
    const auto told = ChatAnswers::forClients(error);
    if (told.code != error.code)
        qCWarning(gatewayLog).noquote() << error.message << error.cause;
    ++counters.failures[told.code];
    ack(ChatAnswers::failure(told));
}

} // namespace

ChatSession::ChatSession(SocketIo::ServerSocket *socket, ChatUser user, ChatServices &services)
    : QObject(socket)
    , m_socket(socket)
    , m_user(std::move(user))
    , m_services(services)
{
    handle(u"join-room"_s, &ChatSession::joinRoom);
    handle(u"leave-room"_s, &ChatSession::leaveRoom);
    handle(u"send-message"_s, &ChatSession::sendMessage);
    handle(u"start-typing"_s, &ChatSession::startTyping);
    handle(u"stop-typing"_s, &ChatSession::stopTyping);
    handle(u"list-rooms"_s, &ChatSession::listRooms);
    handle(u"room-members"_s, &ChatSession::roomMembers);
    handle(u"load-history"_s, &ChatSession::loadHistory);
}

void ChatSession::handle(const QString &event, Command command)
{
    m_socket->on(event, this, [this, command](const Event &received) { (this->*command)(received); });
}

void ChatSession::joinRoom(const Event &event)
{
    const auto roomId = ChatRequests::room(event);
    if (!roomId)
        return refuse(event.ack, roomId.error());
    if (!isIn(*roomId) && m_rooms.size() >= maxRooms)
        return refuse(event.ack,
                      {u"too-many-rooms"_s, u"You are in %1 rooms. Leave one first."_s.arg(maxRooms), {}});
    if (!isIn(*roomId))
        m_rooms.insert(*roomId, Membership::Joining);
    // The socket joins when the history is there: what is older is in the history, what is newer comes as an
    // event, and nothing comes twice or not at all.
    m_services.history->page(m_user.id, *roomId, {}, ChatRequests::defaultPageSize, this,
                             [this, roomId = *roomId, ack = event.ack](const Result<HistoryPage> &page) {
                                 joined(roomId, page, ack);
                             });
}

void ChatSession::joined(const QString &roomId, const Result<HistoryPage> &page, const Ack &ack)
{
    const auto it = m_rooms.find(roomId);
    if (!page) {
        if (it != m_rooms.end() && *it == Membership::Joining)
            m_rooms.erase(it);
        return refuse(ack, page.error());
    }
    if (it == m_rooms.end())
        return refuse(ack, {u"left-room"_s, u"The room was left before it was joined."_s, {}});
    *it = Membership::Joined;
    m_socket->join(ChatServices::channel(roomId));
    const bool isNews = m_services.rooms.enter(roomId, m_user, m_socket->id());
    ack(ChatAnswers::success({{u"roomId"_s, roomId}}));
    if (isNews) {
        m_socket->to(ChatServices::channel(roomId)).emitEvent(u"user-joined"_s, about(roomId));
        m_services.news.changed(roomId);
    }
    m_socket->emitEvent(u"room-history"_s, QCborMap{{u"roomId"_s, roomId},
                                                    {u"messages"_s, ChatAnswers::messages(page->messages)},
                                                    {u"hasMore"_s, page->hasMore}});
}

void ChatSession::leaveRoom(const Event &event)
{
    const auto roomId = ChatRequests::room(event);
    if (!roomId)
        return refuse(event.ack, roomId.error());
    takeTypingMark(*roomId);
    m_rooms.remove(*roomId);
    m_socket->leave(ChatServices::channel(*roomId));
    if (m_services.rooms.leave(*roomId, m_user.id, m_socket->id())) {
        m_socket->to(ChatServices::channel(*roomId)).emitEvent(u"user-left"_s, about(*roomId));
        m_services.news.changed(*roomId);
    }
    event.ack(ChatAnswers::success());
}

void ChatSession::sendMessage(const Event &event)
{
    const auto request = ChatRequests::sendMessage(event);
    if (!request)
        return refuse(event.ack, request.error());
    if (m_services.isDraining)
        return refuse(event.ack,
                      {u"shutting-down"_s, u"The server is stopping. Try again when it is back."_s, {}});
    if (!isIn(request->roomId))
        return refuseStranger(event.ack);
    store(*request, event.ack);
}

/// From here on the message is the gateway's: it reaches the room even if its sender is gone by the time it
/// is stored.
void ChatSession::store(const ChatRequests::SendMessage &request, const Ack &ack)
{
    auto &services = m_services;
    services.history->append(
        {request.roomId, m_user.id, m_user.username, request.message, request.clientMessageId},
        services.context,
        [&services, ack, sender = QPointer(m_socket), user = m_user,
         arrived = std::chrono::steady_clock::now()](const Result<AppendResult> &result) {
            if (!result)
                return fail(services.counters, ack, result.error());
            const auto &message = result->message;
            const auto channel = ChatServices::channel(message.roomId);
            if (result->isRepeat) {
                ++services.counters.messagesRepeated;
            } else {
                ++services.counters.messagesStored;
                services.nsp->to(channel).emitEvent(u"new-message"_s, ChatAnswers::message(message));
                services.news.said(message);
            }
            if (services.typing.clear(message.roomId, user.id)) {
                auto payload = user.toMap();
                payload.insert(u"roomId"_s, message.roomId);
                auto others = services.nsp->to(channel);
                if (sender)
                    others = others.except(sender->id());
                others.emitEvent(u"user-stop-typing"_s, payload);
            }
            ack(ChatAnswers::success({{u"messageId"_s, message.id}}));
            services.counters.ackLatency.add(std::chrono::steady_clock::now() - arrived);
        });
}

void ChatSession::startTyping(const Event &event)
{
    const auto roomId = ChatRequests::room(event);
    if (!roomId)
        return refuse(event.ack, roomId.error());
    if (!isIn(*roomId))
        return refuseStranger(event.ack);
    // Said again each time, as clients let a mark fade that nobody renews.
    m_services.typing.start(*roomId, m_user.id, m_socket->id());
    m_socket->to(ChatServices::channel(*roomId)).emitEvent(u"user-typing"_s, about(*roomId));
    event.ack(ChatAnswers::success());
}

void ChatSession::stopTyping(const Event &event)
{
    const auto roomId = ChatRequests::room(event);
    if (!roomId)
        return refuse(event.ack, roomId.error());
    takeTypingMark(*roomId);
    event.ack(ChatAnswers::success());
}

void ChatSession::takeTypingMark(const QString &roomId)
{
    if (m_services.typing.stop(roomId, m_user.id, m_socket->id()))
        m_services.nsp->to(ChatServices::channel(roomId))
            .except(m_socket->id())
            .emitEvent(u"user-stop-typing"_s, about(roomId));
}

void ChatSession::listRooms(const Event &event)
{
    constexpr int maxListed = 500;
    m_services.history->rooms(m_user.id, maxListed, this,
                              [this, ack = event.ack](const Result<QList<StoredRoom>> &stored) {
                                  if (!stored)
                                      return refuse(ack, stored.error());
                                  QCborArray list;
                                  QSet<QString> listed;
                                  for (const auto &room : *stored) {
                                      auto entry = m_services.describe(room.id);
                                      entry.insert(u"lastMessage"_s, ChatAnswers::preview(room.lastMessage));
                                      list.append(entry);
                                      listed.insert(room.id);
                                  }
                                  auto silent = m_services.rooms.roomIds();
                                  silent.sort(Qt::CaseInsensitive);
                                  for (const auto &roomId : std::as_const(silent)) {
                                      if (!listed.contains(roomId) && list.size() < maxListed)
                                          list.append(m_services.describe(roomId));
                                  }
                                  m_socket->join(ChatServices::watchers());
                                  ack(ChatAnswers::success({{u"rooms"_s, list}}));
                              });
}

void ChatSession::roomMembers(const Event &event)
{
    const auto roomId = ChatRequests::room(event);
    if (!roomId)
        return refuse(event.ack, roomId.error());
    if (!isIn(*roomId))
        return refuseStranger(event.ack);
    QCborArray list;
    for (const auto &user : m_services.rooms.members(*roomId)) {
        auto entry = user.toMap();
        entry.insert(u"presence"_s, m_services.people.isOnline(user.id) ? u"online"_s : u"offline"_s);
        list.append(entry);
    }
    event.ack(ChatAnswers::success({{u"roomId"_s, *roomId}, {u"members"_s, list}}));
}

void ChatSession::loadHistory(const Event &event)
{
    const auto request = ChatRequests::loadHistory(event);
    if (!request)
        return refuse(event.ack, request.error());
    if (!isIn(request->roomId))
        return refuseStranger(event.ack);
    m_services.history->page(
        m_user.id, request->roomId, request->before, request->limit, this,
        [this, roomId = request->roomId, ack = event.ack](const Result<HistoryPage> &page) {
            if (!page)
                return refuse(ack, page.error());
            ack(ChatAnswers::success({{u"roomId"_s, roomId},
                                      {u"messages"_s, ChatAnswers::messages(page->messages)},
                                      {u"hasMore"_s, page->hasMore}}));
        });
}

void ChatSession::end()
{
    for (auto it = m_rooms.begin(); it != m_rooms.end(); ++it) {
        takeTypingMark(it.key());
        if (*it == Membership::Joined)
            m_services.rooms.detach(it.key(), m_user.id, m_socket->id());
    }
    m_rooms.clear();
}

QCborMap ChatSession::about(const QString &roomId) const
{
    auto payload = m_user.toMap();
    payload.insert(u"roomId"_s, roomId);
    return payload;
}

void ChatSession::refuse(const Ack &ack, const Error &error)
{
    fail(m_services.counters, ack, error);
}

void ChatSession::refuseStranger(const Ack &ack)
{
    refuse(ack, {u"not-in-room"_s, u"Join the room first."_s, {}});
}

} // namespace Hubbub
