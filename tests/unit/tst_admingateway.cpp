// SPDX-License-Identifier: MIT
#include "server-lite/auth/passwordhash.h"
#include "server-lite/core/server.h"
#include "server-lite/core/serversocket.h"
#include "server-lite/gateway/adminauth.h"
#include "server-lite/gateway/admingateway.h"
#include "server-lite/middleware/redaction.h"
#include "tests/support/homebody.h"
#include "tests/unit/gatewaypeer.h"

#include <QtCore/QCborMap>
#include <QtTest/QTest>

using namespace Hubbub;
using namespace Qt::StringLiterals;

namespace
{

/// The test vector of crypt_blowfish: cost 5, so that tests do not wait.
const QByteArray passwordHash = "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";
const QJsonObject rightAuth{{u"username"_s, u"op"_s}, {u"password"_s, u"U*U"_s}};

bool isTime(const QJsonValue &value)
{
    return value.toString().endsWith(u'Z')
           && QDateTime::fromString(value.toString(), Qt::ISODateWithMs).isValid();
}

} // namespace

class TestAdminGateway : public QObject
{
    Q_OBJECT

    std::unique_ptr<SocketIo::Server> server;
    std::unique_ptr<AdminGateway> gateway;

    std::unique_ptr<GatewayPeer> peer(const QByteArray &nsp, const QJsonObject &auth = {})
    {
        auto made = std::make_unique<GatewayPeer>(server->port(), nsp);
        return made->join(auth) ? std::move(made) : nullptr;
    }

    /// The operator reads of it in the log.
    static void expectARefusal()
    {
        QTest::ignoreMessage(QtWarningMsg, "operator sign-in refused from 127.0.0.1");
    }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        server = std::make_unique<SocketIo::Server>();
        gateway = std::make_unique<AdminGateway>(server.get(), u"op"_s, passwordHash);
        auto *app = server->of(u"/app"_s);
        connect(app, &SocketIo::Namespace::connection, this, [this](SocketIo::ServerSocket *socket) {
            socket->join(u"everybody"_s);
            socket->on(u"ping-pong"_s, this,
                       [socket](const QString &text) { socket->emitEvent(u"pong-ping"_s, text); });
            socket->on(u"set"_s, this, [socket](const QCborMap &data) { socket->setData(data); });
        });
        QVERIFY(server->listen(QHostAddress::LocalHost, 0));
    }
    void cleanup()
    {
        server.reset();
        gateway.reset();
    }

    void wrong_credentials_are_refused_data()
    {
        QTest::addColumn<QJsonObject>("auth");
        QTest::newRow("nothing") << QJsonObject();
        QTest::newRow("wrong password") << QJsonObject{{u"username"_s, u"op"_s}, {u"password"_s, u"U*V"_s}};
        QTest::newRow("wrong name") << QJsonObject{{u"username"_s, u"root"_s}, {u"password"_s, u"U*U"_s}};
        QTest::newRow("no password") << QJsonObject{{u"username"_s, u"op"_s}};
        QTest::newRow("password a number") << QJsonObject{{u"username"_s, u"op"_s}, {u"password"_s, 7}};
        QTest::newRow("password an object")
            << QJsonObject{{u"username"_s, u"op"_s}, {u"password"_s, QJsonObject()}};
        QTest::newRow("password empty") << QJsonObject{{u"username"_s, u"op"_s}, {u"password"_s, u""_s}};
        QTest::newRow("password of 100 kB")
            << QJsonObject{{u"username"_s, u"op"_s}, {u"password"_s, QString(100'000, u'x')}};
        QTest::newRow("the hash as password")
            << QJsonObject{{u"username"_s, u"op"_s}, {u"password"_s, QString::fromLatin1(passwordHash)}};
        QTest::newRow("unknown session")
            << QJsonObject{{u"sessionId"_s, u"0123456789abcdef0123456789abcdef"_s}};
        QTest::newRow("session null") << QJsonObject{{u"sessionId"_s, QJsonValue()}};
        QTest::newRow("session empty") << QJsonObject{{u"sessionId"_s, u""_s}};
    }

    void wrong_credentials_are_refused()
    {
        QFETCH(QJsonObject, auth);
        if (auth[u"username"_s].isString() && auth[u"password"_s].isString())
            expectARefusal();
        GatewayPeer stranger(server->port(), "/admin");
        QVERIFY(!stranger.join(auth));
        QCOMPARE(stranger.refusal(), u"invalid credentials"_s);
    }

    void the_session_stands_for_the_password()
    {
        auto first = peer("/admin", rightAuth);
        QVERIFY(first);
        const auto session = first->next(u"session"_s);
        QVERIFY(session);
        const auto id = session->arguments.at(0).toString();
        QCOMPARE(id.size(), 32);
        const auto again = peer("/admin", {{u"sessionId"_s, id}});
        QVERIFY(again);
        QVERIFY(again->next(u"config"_s));
        QVERIFY(!again->unread().contains(u"session"_s));
        QVERIFY(peer("/admin",
                     {{u"sessionId"_s, u"stale"_s}, {u"username"_s, u"op"_s}, {u"password"_s, u"U*U"_s}}));
    }

    void guessing_is_slowed_down()
    {
        for (int i = 0; i < 10; ++i) {
            expectARefusal();
            GatewayPeer stranger(server->port(), "/admin");
            QVERIFY(!stranger.join({{u"username"_s, u"op"_s}, {u"password"_s, QString::number(i)}}));
            QCOMPARE(stranger.refusal(), u"invalid credentials"_s);
        }
        GatewayPeer stranger(server->port(), "/admin");
        QVERIFY(!stranger.join(rightAuth)); // even the right one has to wait now
        QCOMPARE(stranger.refusal(), u"too many attempts, try again later"_s);
        QVERIFY(peer("/app")); // others go on
    }

    void who_leaves_while_the_password_is_checked_is_forgotten()
    {
        for (int i = 0; i < 5; ++i) {
            GatewayPeer hasty(server->port(), "/app");
            QVERIFY(hasty.join({}));
            RawSocket raw(server->port());
            QVERIFY(raw.open());
            raw.send("40/admin,{\"username\":\"op\",\"password\":\"U*U\"}");
            raw.close();
        }
        QTRY_VERIFY(server->find(u"/admin"_s)->sockets().isEmpty());
        QVERIFY(peer("/admin", rightAuth));
    }

    void what_decides_never_leaves_the_servers_thread()
    {
        std::atomic<int> strays = 0;
        AdminAuth auth(u"op"_s, passwordHash);
        server->of(u"/guarded"_s)->use([&](SocketIo::ServerSocket &socket, const SocketIo::Next &next) {
            const auto held = std::make_shared<HubbubTest::Homebody>(strays);
            auth.check(socket, [next, held](std::optional<SocketIo::Refusal> refusal) { next(refusal); });
        });
        for (int i = 0; i < 10; ++i)
            QVERIFY(peer("/guarded", rightAuth));
        QCOMPARE(strays.load(), 0);
    }

    void an_operator_is_told_what_is_there()
    {
        const auto app = peer("/app");
        const auto op = peer("/admin", rightAuth);
        QVERIFY(app && op);
        QVERIFY(op->next(u"session"_s));
        QCOMPARE(op->payload(u"config"_s),
                 (QJsonObject{{u"supportedFeatures"_s,
                               QJsonArray{u"AGGREGATED_EVENTS"_s, u"ALL_EVENTS"_s, u"HUBBUB_EXT_1"_s}}}));
        const auto all = op->next(u"all_sockets"_s)->arguments.at(0).toArray();
        QCOMPARE(all.size(), 2); // the operator too
        const auto socket = all[all[0]["id"_L1].toString() == app->id() ? 0 : 1].toObject();
        QCOMPARE(socket["id"_L1].toString(), app->id());
        QCOMPARE(socket["nsp"_L1].toString(), u"/app"_s);
        QCOMPARE(socket["transport"_L1].toString(), u"websocket"_s);
        QVERIFY(!socket["clientId"_L1].toString().isEmpty());
        QCOMPARE(socket["rooms"_L1].toArray(), (QJsonArray{app->id(), u"everybody"_s}));
        const auto handshake = socket["handshake"_L1];
        QCOMPARE(handshake["address"_L1].toString(), u"127.0.0.1"_s);
        QCOMPARE(handshake["query"_L1]["EIO"_L1].toString(), u"4"_s);
        QCOMPARE(handshake["headers"_L1]["upgrade"_L1].toString(), u"websocket"_s);
        QVERIFY(handshake["issued"_L1].toDouble() > 1e12);
        QVERIFY(!handshake["time"_L1].toString().isEmpty());
        QCOMPARE(handshake["secure"_L1], QJsonValue(false));
        QCOMPARE(handshake["xdomain"_L1].isBool(), true);
        QVERIFY(handshake["url"_L1].toString().startsWith(u"/socket.io/?"_s));
    }

    void an_operator_hears_what_happens()
    {
        const auto op = peer("/admin", rightAuth);
        QVERIFY(op->next(u"all_sockets"_s));
        std::ignore = op->unread();
        auto app = peer("/app");
        const auto id = app->id();
        const auto own = op->next(u"room_joined"_s)->arguments;
        QCOMPARE(own.at(0).toString(), u"/app"_s);
        QCOMPARE(own.at(1).toString(), id);
        QCOMPARE(own.at(2).toString(), id);
        QVERIFY(isTime(own.at(3)));
        const auto connected = op->next(u"socket_connected"_s)->arguments;
        QCOMPARE(connected.at(0)["id"_L1].toString(), id);
        QVERIFY(isTime(connected.at(1)));
        QCOMPARE(op->next(u"room_joined"_s)->arguments.at(1).toString(), u"everybody"_s);

        app->emitEvent(u"ping-pong"_s, u"hello"_s);
        QVERIFY(app->next(u"pong-ping"_s));
        const auto received = op->next(u"event_received"_s)->arguments;
        QCOMPARE(received.at(0).toString(), u"/app"_s);
        QCOMPARE(received.at(1).toString(), id);
        QCOMPARE(received.at(2).toArray(), (QJsonArray{u"ping-pong"_s, u"hello"_s}));
        QVERIFY(isTime(received.at(3)));
        QCOMPARE(op->next(u"event_sent"_s)->arguments.at(2).toArray(),
                 (QJsonArray{u"pong-ping"_s, u"hello"_s}));

        app->emitEvent(u"set"_s, QJsonObject{{u"name"_s, u"Noor"_s}, {u"token"_s, u"very secret"_s}});
        QCOMPARE(
            op->payload(u"socket_updated"_s),
            (QJsonObject{{u"id"_s, id},
                         {u"nsp"_s, u"/app"_s},
                         {u"data"_s, QJsonObject{{u"name"_s, u"Noor"_s}, {u"token"_s, u"[hidden]"_s}}}}));
        std::ignore = op->unread();
        app->leave();
        const auto gone = op->next(u"socket_disconnected"_s)->arguments;
        QCOMPARE(gone.at(0).toString(), u"/app"_s);
        QCOMPARE(gone.at(1).toString(), id);
        QVERIFY(gone.at(2).toString().startsWith(u"transport"_s));
        QVERIFY(isTime(gone.at(3)));
        QCOMPARE(op->next(u"room_left"_s)->arguments.at(1).toString(), id);
        QCOMPARE(op->next(u"room_left"_s)->arguments.at(1).toString(), u"everybody"_s);
    }

    /// The order in which programs that watch need it.
    void a_socket_comes_before_its_rooms_and_goes_before_them()
    {
        const auto op = peer("/admin", rightAuth);
        QVERIFY(op->next(u"all_sockets"_s));
        std::ignore = op->unread();
        auto app = peer("/app");
        QCOMPARE(op->unread(), (QStringList{u"room_joined"_s, u"socket_connected"_s, u"room_joined"_s}));
        app->leave();
        QTRY_VERIFY(server->find(u"/app"_s)->sockets().isEmpty());
        QCOMPARE(op->unread(), (QStringList{u"socket_disconnected"_s, u"room_left"_s, u"room_left"_s}));
    }

    void figures_come_every_two_seconds()
    {
        const auto op = peer("/admin", rightAuth);
        const auto app = peer("/app");
        const auto stats = op->payload(u"server_stats"_s);
        QCOMPARE(stats.keys(), (QStringList{u"aggregatedEvents"_s, u"clientsCount"_s, u"ext"_s, u"hostname"_s,
                                            u"namespaces"_s, u"pid"_s, u"pollingClientsCount"_s,
                                            u"serverId"_s, u"uptime"_s}));
        QCOMPARE(stats["clientsCount"_L1].toInt(), 2);
        QCOMPARE(stats["pollingClientsCount"_L1].toInt(), 0);
        QCOMPARE(stats["pid"_L1].toInteger(), QCoreApplication::applicationPid());
        QVERIFY(stats["uptime"_L1].toDouble() > 0);
        QVERIFY(stats["ext"_L1]["rss"_L1].toDouble() > 1e6);
        const auto namespaces = stats["namespaces"_L1].toArray();
        QVERIFY(namespaces.contains(QJsonObject{{u"name"_s, u"/app"_s}, {u"socketsCount"_s, 1}}));
        QVERIFY(namespaces.contains(QJsonObject{{u"name"_s, u"/admin"_s}, {u"socketsCount"_s, 1}}));
        QStringList types;
        for (const auto bucket : stats["aggregatedEvents"_L1].toArray()) {
            types += bucket["type"_L1].toString();
            QVERIFY(bucket["count"_L1].toInt() > 0);
            QCOMPARE(bucket["timestamp"_L1].toInteger() % 1000, 0);
        }
        for (const auto &type :
             {u"rawConnection"_s, u"packetsIn"_s, u"packetsOut"_s, u"bytesIn"_s, u"bytesOut"_s})
            QVERIFY2(types.contains(type), qPrintable(type));
        QVERIFY(op->next(u"server_stats"_s));
    }

    void nothing_can_be_changed()
    {
        const auto app = peer("/app");
        const auto op = peer("/admin", rightAuth);
        op->emitEvent(u"_disconnect"_s, u"/app"_s);
        op->emitEvent(u"emit"_s, u"/nowhere"_s);
        QVERIFY(op->next(u"server_stats"_s));
        QCOMPARE(server->find(u"/app"_s)->sockets().size(), 1);
        QVERIFY(!server->find(u"/nowhere"_s));
    }

    void with_the_last_operator_the_watching_ends()
    {
        const auto app = peer("/app");
        for (int round = 0; round < 3; ++round) {
            auto op = peer("/admin", rightAuth);
            QVERIFY(op->next(u"all_sockets"_s));
            op->leave();
            QTRY_VERIFY(server->find(u"/admin"_s)->sockets().isEmpty());
        }
        const auto op = peer("/admin", rightAuth);
        QVERIFY(op->next(u"all_sockets"_s));
        std::ignore = op->unread();
        app->emitEvent(u"ping-pong"_s, u"x"_s);
        QVERIFY(app->next(u"pong-ping"_s));
        QCOMPARE(op->unread(), (QStringList{u"event_received"_s, u"event_sent"_s})); // once each
    }

    void secrets_are_hidden_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("isSecret");
        for (const auto &name : {u"Cookie"_s, u"authorization"_s, u"Proxy-Authorization"_s, u"X-Api-Key"_s,
                                 u"token"_s, u"accessToken"_s, u"sid"_s, u"jwt"_s, u"PASSWORD"_s,
                                 u"client_secret"_s, u"Sec-WebSocket-Key"_s, u"sessionId"_s, u"auth"_s})
            QTest::addRow("%s", qPrintable(name)) << name << true;
        for (const auto &name : {u"Host"_s, u"user-agent"_s, u"message"_s, u"roomId"_s, u"username"_s,
                                 u"code"_s, u"author"_s, u"EIO"_s})
            QTest::addRow("%s", qPrintable(name)) << name << false;
    }

    void secrets_are_hidden()
    {
        QFETCH(QString, name);
        QFETCH(bool, isSecret);
        const auto shown = [&](const QString &text) { return isSecret ? u"[hidden]"_s : text; };
        QCOMPARE(Redaction::isSecret(name), isSecret);
        QCOMPARE(Redaction::headers({{name.toLatin1(), "abc"}}).value(name.toLower()).toString(),
                 shown(u"abc"_s));
        QUrlQuery query;
        query.addQueryItem(name, u"abc"_s);
        QCOMPARE(Redaction::query(query).value(name).toString(), shown(u"abc"_s));
        QCOMPARE(Redaction::url("/x?a=1&" + name.toLatin1() + "=abc&b=2"),
                 u"/x?a=1&"_s + name + u'=' + shown(u"abc"_s) + u"&b=2"_s);
        const QCborMap deep{{u"list"_s, QCborArray{QCborMap{{name, u"abc"_s}}}}};
        QCOMPARE(Redaction::value(deep)["list"_L1].toArray().at(0)[name].toString(), shown(u"abc"_s));
    }

    void tokens_are_hidden_wherever_they_stand()
    {
        const auto jwt = u"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ1MSJ9.c2ln"_s;
        QCOMPARE(Redaction::value(u"see "_s + jwt).toString(), u"[hidden]"_s);
        QCOMPARE(Redaction::headers({{"X-Custom", "Bearer " + jwt.toLatin1()}})["x-custom"_L1].toString(),
                 u"[hidden]"_s);
        QCOMPARE(Redaction::url("/x?q=" + jwt.toLatin1()), u"/x?q=[hidden]"_s);
        QCOMPARE(Redaction::headers({{"Referer", "http://h/?token=abc"}})["referer"_L1].toString(),
                 u"http://h/?token=[hidden]"_s);
        QCOMPARE(Redaction::value(u"an ordinary sentence. With dots."_s).toString(),
                 u"an ordinary sentence. With dots."_s);
        QCOMPARE(Redaction::value(QCborValue(QByteArray("bytes"))).toByteArray(), QByteArray("bytes"));
    }
};

QTEST_GUILESS_MAIN(TestAdminGateway)
#include "tst_admingateway.moc"
