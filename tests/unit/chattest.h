// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/auth/jwt.h"
#include "server-lite/core/server.h"
#include "server-lite/core/serversocket.h"
#include "server-lite/gateway/chatgateway.h"
#include "tests/unit/gatewaypeer.h"

#include <QtTest/QTest>

using namespace Hubbub;
using namespace Qt::StringLiterals;

inline const auto lobby = QJsonObject{{u"roomId"_s, u"lobby"_s}};

inline QString codeOf(const QJsonObject &answer)
{
    return answer["success"_L1].toBool(true) ? u"success"_s : answer["error"_L1]["code"_L1].toString();
}

inline QJsonObject message(const QString &text, const QString &clientId = {},
                           const QString &room = u"lobby"_s)
{
    QJsonObject payload{{u"roomId"_s, room}, {u"message"_s, text}};
    if (!clientId.isEmpty())
        payload.insert(u"clientMessageId"_s, clientId);
    return payload;
}

/// A chat with a history in memory, and people and guests who come into its lobby. Thread: the test's.
class ChatTest
{
protected:
    void open()
    {
        history = std::make_unique<HistoryStore>();
        QVERIFY(history->open({}));
        server = std::make_unique<SocketIo::Server>();
        gateway = std::make_unique<ChatGateway>(server.get(), history.get(), key, JwtPolicy(),
                                                QList<FixedRoom>{{u"lobby"_s, u"Lena's room"_s}});
        QVERIFY(server->listen(QHostAddress::LocalHost, 0));
    }
    void close()
    {
        gateway.reset();
        server.reset();
        history.reset();
    }

    std::unique_ptr<HistoryStore> history;
    std::unique_ptr<SocketIo::Server> server;
    std::unique_ptr<ChatGateway> gateway;
    JwtKey key = JwtKey::randomHs256();

    QString token(const QString &id, const QString &name, int lifeSeconds = 60) const
    {
        JwtClaims claims;
        claims.subject = id;
        claims.username = name;
        claims.expiresAt = QDateTime::currentDateTimeUtc().addSecs(lifeSeconds);
        return QString::fromLatin1(Jwt::sign(claims, key));
    }

    /// A guest who is in; the name is what the server makes of the one they chose.
    std::pair<std::unique_ptr<GatewayPeer>, QString> guest(const QString &id, const QString &name)
    {
        JwtClaims claims;
        claims.subject = id;
        claims.username = name;
        claims.guest = true;
        claims.expiresAt = QDateTime::currentDateTimeUtc().addSecs(60);
        auto peer = std::make_unique<GatewayPeer>(server->port(), "/chat");
        if (!peer->join({{u"token"_s, QString::fromLatin1(Jwt::sign(claims, key))}}))
            return {};
        const auto told = peer->payload(u"authenticated"_s);
        if (!told["guest"_L1].toBool() || codeOf(peer->call(u"join-room"_s, lobby)) != u"success"_s
            || !peer->next(u"room-history"_s))
            return {};
        return {std::move(peer), told["username"_L1].toString()};
    }

    /// Somebody who is in, and in the lobby unless said otherwise.
    std::unique_ptr<GatewayPeer> person(const QString &id, const QString &name, bool joins = true)
    {
        auto peer = std::make_unique<GatewayPeer>(server->port(), "/chat");
        if (!peer->join({{u"token"_s, token(id, name)}}) || peer->payload(u"authenticated"_s).isEmpty())
            return nullptr;
        if (joins
            && (codeOf(peer->call(u"join-room"_s, lobby)) != u"success"_s || !peer->next(u"room-history"_s)))
            return nullptr;
        return peer;
    }
};
