// SPDX-License-Identifier: MIT
// The smallest room server that is not a toy: tokens, rooms, presence, limits; docs/middlewares.md walks
// through it.
//
//   room-server PORT SECRET-FILE ALLOWED-ORIGIN
#include "server-lite/auth/jwt.h"
#include "server-lite/auth/secretfile.h"
#include "server-lite/cli/stopsignals.h"
#include "server-lite/core/server.h"
#include "server-lite/core/serversocket.h"
#include "server-lite/middleware/ratelimits.h"
#include "server-lite/middleware/tokenlifetime.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QDateTime>
#include <QtCore/QHash>

#include <cstdio>

using namespace Hubbub;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using SocketIo::Event;
using SocketIo::ServerSocket;

namespace
{

/// Rooms of one namespace, for people with a token.
class RoomServer : public QObject
{
public:
    RoomServer(const SocketIo::ServerOptions &options, JwtKey key)
        : m_key(std::move(key))
        , m_limits({.perUser = RateLimit{.burst = 20, .refill = 100ms}})
        , m_server(options)
    {
        auto *nsp = m_server.sockets();
        nsp->use([this](ServerSocket &socket, const SocketIo::Next &next) { authenticate(socket, next); });
        connect(nsp, &SocketIo::Namespace::connection, this, &RoomServer::welcome);
    }

    Result<void> listen(quint16 port) { return m_server.listen(QHostAddress::LocalHost, port); }
    quint16 port() const { return m_server.port(); }

private:
    void authenticate(ServerSocket &socket, const SocketIo::Next &next)
    {
        const auto token = socket.handshake().auth.value("token"_L1).toString();
        if (token.isEmpty())
            return next(SocketIo::Refusal{u"Authentication required"_s});
        const auto claims = Jwt::verify(token.toUtf8(), m_key, m_policy);
        if (!claims)
            return next(SocketIo::Refusal{u"Invalid token"_s});
        m_people.insert(socket.id(), *claims);
        connect(&socket, &QObject::destroyed, this, [this, id = socket.id()] { m_people.remove(id); });
        next(std::nullopt);
    }

    void welcome(ServerSocket *socket)
    {
        const auto claims = m_people.value(socket->id());
        const auto userId = claims.subject;
        new TokenLifetime(socket, claims, m_key, m_policy);
        socket->use(m_limits.events(socket, userId));
        setPresence(userId, +1);
        connect(socket, &ServerSocket::disconnected, this, [this, userId] { setPresence(userId, -1); });

        socket->on(u"join-room"_s, socket, [socket, userId](const QString &roomId) {
            socket->join(u"room:"_s + roomId); // apart from the rooms that are sockets' ids
            socket->to(u"room:"_s + roomId).emitEvent(u"user-joined"_s, QCborMap{{u"userId"_s, userId}});
        });
        socket->on(u"message"_s, socket, [socket, userId](const QCborMap &message) {
            const auto room = u"room:"_s + message.value("roomId"_L1).toString();
            const auto text = message.value("text"_L1);
            if (!text.isString() || !socket->rooms().contains(room))
                return;
            const QCborMap said{
                {u"userId"_s, userId}, {u"text"_s, text}, {u"ts"_s, QDateTime::currentMSecsSinceEpoch()}};
            socket->nsp()->to(room).emitEvent(u"message"_s, said);
        });
        socket->on(u"presence"_s, socket, [this](const QString &asked, const SocketIo::Ack &ack) {
            ack({m_presence.value(asked) > 0 ? u"online"_s : u"offline"_s});
        });
    }

    void setPresence(const QString &userId, int change)
    {
        if ((m_presence[userId] += change) == 0)
            m_presence.remove(userId);
    }

    JwtKey m_key;
    JwtPolicy m_policy;
    RateLimits m_limits;
    QHash<QString, JwtClaims> m_people; ///< by socket
    QHash<QString, int> m_presence; ///< sockets by person; nobody is in it who has none
    SocketIo::Server m_server; ///< the first to go: its sockets say goodbye to the rest
};

int complain(const QString &sentence)
{
    std::fprintf(stderr, "room-server: %s\n", qUtf8Printable(sentence));
    return 1;
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    const StopSignals signals;
    QObject::connect(&signals, &StopSignals::stopRequested, &app, &QCoreApplication::quit);
    const auto arguments = QCoreApplication::arguments();
    if (arguments.size() != 4)
        return complain(u"give PORT, SECRET-FILE and ALLOWED-ORIGIN."_s);
    const auto key = SecretFile::read(arguments[2]).and_then(JwtKey::hs256);
    if (!key)
        return complain(key.error().message);
    SocketIo::ServerOptions options;
    options.engine.pingInterval = 25s;
    options.engine.pingTimeout = 20s;
    options.engine.allowedOrigins = {arguments[3]};
    RoomServer server(options, *key);
    if (const auto listening = server.listen(arguments[1].toUShort()); !listening)
        return complain(listening.error().message);
    std::printf("listening on http://127.0.0.1:%d\n", server.port());
    std::fflush(stdout);
    return QCoreApplication::exec();
}
