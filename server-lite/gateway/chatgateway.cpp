// SPDX-License-Identifier: MIT
#include "server-lite/gateway/chatgateway.h"

#include "server-lite/auth/guesttokens.h"
#include "server-lite/auth/jwt.h"
#include "server-lite/auth/personname.h"
#include "server-lite/gateway/chatanswers.h"
#include "server-lite/gateway/chatschemas.h"
#include "server-lite/gateway/chatsession.h"
#include "server-lite/gateway/logging.h"
#include "server-lite/middleware/tokenlifetime.h"

#include <QtCore/QPointer>

namespace Hubbub
{

using namespace Qt::StringLiterals;

ChatGateway::ChatGateway(SocketIo::Server *server, HistoryStore *history, JwtKey key, JwtPolicy policy,
                         const QList<FixedRoom> &rooms, QObject *parent)
    : QObject(parent)
    , m_key(std::move(key))
    , m_policy(policy)
    , m_schemas(ChatSchemas::load())
    , m_services{server->of(u"/chat"_s), history, this, {}, ChatRooms(rooms), {}, {}, {}}
{
    m_services.news.setTell([this](const QString &roomId, const std::optional<StoredMessage> &message) {
        tellWatchers(roomId, message);
    });
    connect(m_services.nsp, &SocketIo::Namespace::connection, this, &ChatGateway::accept);
}

ChatGateway::~ChatGateway()
{
    // Sessions belong to their sockets, which may live on for a moment.
    for (auto *socket : m_services.nsp->sockets())
        delete socket->findChild<ChatSession *>(QString(), Qt::FindDirectChildrenOnly);
}

void ChatGateway::setRateLimits(const RateLimits::Limits &limits)
{
    Q_ASSERT(!m_limits);
    m_limits = new RateLimits(limits, this);
    m_services.nsp->use(m_limits->connections());
    connect(m_limits, &RateLimits::blocked, this,
            [](RateLimits::Scope scope, const QString &who, std::chrono::milliseconds duration) {
                qCInfo(gatewayLog).nospace()
                    << "blocked for " << duration.count() << " ms, by " << scope << ": " << who;
            });
}

QStringList ChatGateway::features()
{
    return {u"client-message-id"_s, u"rooms"_s,      u"presence"_s,
            u"history-paging"_s,    u"guest-mark"_s, u"token-refresh"_s};
}

void ChatGateway::accept(SocketIo::ServerSocket *socket)
{
    const auto token = socket->handshake().auth.value("token"_L1);
    if (!token.isString() || token.toString().isEmpty())
        return refuse(socket, u"Authentication required"_s);
    const auto claims = Jwt::verify(token.toString().toUtf8(), m_key, m_policy);
    if (!claims) {
        // Quoted: the cause may hold the peer's own words, and a log line is not theirs to end.
        qCInfo(gatewayLog) << "token refused:" << claims.error().code << claims.error().cause.left(100);
        return refuse(socket, u"Invalid token"_s);
    }
    ChatUser user{claims->subject, PersonName::cleaned(claims->username, claims->subject), claims->guest};
    // Messages are marked by the ids of guests, so whoever has one is a guest.
    user.guest |= user.id.startsWith(GuestTokens::idPrefix());
    user.username = m_services.people.nameFor(user);
    welcome(socket, user);
    new TokenLifetime(socket, *claims, m_key, m_policy); // the socket owns it
}

void ChatGateway::refuse(SocketIo::ServerSocket *socket, const QString &message)
{
    ++m_services.counters.authenticationsRefused;
    socket->emitEvent(u"error"_s, QCborMap{{u"message"_s, message}});
    Q_EMIT personRefused(message, socket->handshake().address.toString());
    socket->disconnectSocket();
}

void ChatGateway::welcome(SocketIo::ServerSocket *socket, const ChatUser &user)
{
    if (m_limits)
        socket->use(m_limits->events(socket, user.id));
    checkForm(socket);
    auto *session = new ChatSession(socket, user, m_services);
    connect(socket, &SocketIo::ServerSocket::disconnecting, session,
            [this, session, socket] { depart(session, socket); });
    auto data = user.toMap();
    data.insert(u"guest"_s, user.guest);
    socket->setData(data);
    socket->join(u"user:"_s + user.id);
    const bool isNews = m_services.people.arrive(user, socket->id());
    auto answer = user.toMap();
    answer.insert(u"features"_s, QCborArray::fromStringList(features()));
    socket->emitEvent(u"authenticated"_s, answer);
    if (!isNews)
        return;
    m_services.announcePresence(user);
    Q_EMIT personJoined(user, socket->handshake().address.toString());
}

void ChatGateway::checkForm(SocketIo::ServerSocket *socket)
{
    socket->use([self = QPointer(this), check = m_schemas.middleware()](const SocketIo::Event &event,
                                                                        const SocketIo::Next &next) {
        check(event, [self, next](const std::optional<SocketIo::Refusal> &refusal) {
            if (refusal && self)
                ++self->m_services.counters.failures[u"invalid-payload"_s];
            next(refusal);
        });
    });
}

void ChatGateway::depart(ChatSession *session, SocketIo::ServerSocket *socket)
{
    const auto user = session->user();
    session->end();
    if (!m_services.people.depart(user.id, socket->id()))
        return;
    m_services.announcePresence(user);
    for (const auto &roomId : m_services.rooms.roomsOf(user.id))
        m_services.news.changed(roomId);
    Q_EMIT personLeft(user, socket->handshake().address.toString());
}

void ChatGateway::tellWatchers(const QString &roomId, const std::optional<StoredMessage> &message) const
{
    auto news = m_services.describe(roomId);
    if (message)
        news.insert(u"lastMessage"_s, ChatAnswers::preview(*message));
    m_services.nsp->to(ChatServices::watchers()).emitEvent(u"room-updated"_s, news);
}

} // namespace Hubbub
