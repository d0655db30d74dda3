// SPDX-License-Identifier: MIT
// Long-polling and the way up from it, against our server and servers that behave badly.
#include "libclient/client/manager.h"
#include "libclient/client/socket.h"
#include "libclient/client/upgradestate.h"
#include "libclient/transport/pollingclienttransport.h"
#include "server-lite/core/namespace.h"
#include "server-lite/core/server.h"
#include "server-lite/core/serversocket.h"
#include "tests/support/httpscript.h"
#include "tests/support/scriptedserver.h"

#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using EngineIo::PollingClientTransport;
using EngineIo::UpgradeInput;
using EngineIo::UpgradeState;
using SocketIo::ConnectionState;
using SocketIo::Manager;
using SocketIo::ManagerOptions;
using SocketIo::Socket;

namespace
{

const QByteArray goodHandshake =
    R"(0{"sid":"e","upgrades":[],"pingInterval":25000,"pingTimeout":20000,"maxPayload":40})";

const auto ok = &HttpScript::ok;

ManagerOptions pollingOnce()
{
    ManagerOptions options;
    options.transports = {u"polling"_s};
    options.reconnection = false;
    options.timeout = 1s;
    options.maxMessageSize = 10'000;
    return options;
}

} // namespace

class tst_pollingclienttransport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void answers_data();
    void answers();
    void keepsToMaxPayload();
    void keepsToSixteenPacketsUntilAnsweredLikeNode_data();
    void keepsToSixteenPacketsUntilAnsweredLikeNode();
    void cookiesOnlyWithCredentials_data();
    void cookiesOnlyWithCredentials();
    void upgradesAndKeepsTheOrder();
    void staysWithPollingWhereWebSocketIsBlocked();
    void triesTheNextOnlyIfToldTo_data();
    void triesTheNextOnlyIfToldTo();
    void fallsBackByDefault();
    void aServerThatIsNotThereIsTriedOnce();
    void remembersThatWebSocketWorked();
    void aCutIsSeenAtOnceAndNothingIsSentTwice_data();
    void aCutIsSeenAtOnceAndNothingIsSentTwice();
    void destroyedItSaysGoodbye_data();
    void destroyedItSaysGoodbye();
    void headersThatAreNoneAreRefused();
    void destroyedAtAnyTime();
    void upgradeTable();
};

void tst_pollingclienttransport::answers_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("says");
    const auto status = [](const char *line, const QByteArray &body = {}, const QByteArray &more = {}) {
        return "HTTP/1.1 " + QByteArray(line) + "\r\n" + more
               + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
    };
    QTest::newRow("400") << status("400 Bad Request", R"({"code":0,"message":"Transport unknown"})")
                         << u"http-error"_s << u"HTTP 400"_s;
    QTest::newRow("403") << status("403 Forbidden") << u"http-error"_s << u"does not let"_s;
    QTest::newRow("404") << status("404 Not Found") << u"http-error"_s << u"HTTP 404"_s;
    QTest::newRow("500") << status("500 Oops") << u"http-error"_s << u"HTTP 500"_s;
    QTest::newRow("204") << status("204 No Content") << u"http-error"_s << u"HTTP 204"_s;
    QTest::newRow("redirect") << status("302 Found", {}, "Location: http://elsewhere.example/x?y=1\r\n")
                              << u"http-error"_s << u"sends us on to http://elsewhere.example/x"_s;
    QTest::newRow("not HTTP") << QByteArray("SSH-2.0-OpenSSH_9.2\r\n\r\n") << u"http-error"_s
                              << u"not a Socket.IO server"_s;
    QTest::newRow("not Engine.IO") << ok("<html>") << u"parse-error"_s << QString();
    QTest::newRow("Engine.IO 3") << ok(
        "85:0{\"sid\":\"e\",\"upgrades\":[],\"pingInterval\":1,\"pingTimeout\":1}2:40")
                                 << u"protocol-mismatch"_s << u"Socket.IO 2"_s;
    QTest::newRow("empty") << ok("") << u"parse-error"_s << QString();
    QTest::newRow("message first") << ok("40") << u"parse-error"_s << QString();
    QTest::newRow("too large") << ok("4" + QByteArray(20'000, 'x')) << u"message-too-large"_s << QString();
    QTest::newRow("silence") << QByteArray() << u"connect-timeout"_s << QString();
}

void tst_pollingclienttransport::answers()
{
    QFETCH(QByteArray, answer);
    QFETCH(QString, code);
    QFETCH(QString, says);
    HttpScript server;
    server.onRequest = [&](const QByteArray &, const QByteArray &) { return answer; };
    Manager manager(server.url(), pollingOnce());
    Socket *socket = manager.socket();
    QTRY_COMPARE(socket->state(), ConnectionState::Closed);
    QCOMPARE(socket->lastError().code, code);
    QVERIFY2(socket->lastError().message.contains(says), qPrintable(socket->lastError().message));
}

void tst_pollingclienttransport::keepsToMaxPayload()
{
    HttpScript server;
    QByteArrayList bodies;
    server.onRequest = [&](const QByteArray &head, const QByteArray &body) {
        if (head.startsWith("POST")) {
            bodies += body;
            return ok("ok");
        }
        return head.contains("sid=e") ? QByteArray() : ok(goodHandshake);
    };
    PollingClientTransport transport({});
    connect(&transport, &PollingClientTransport::packetReceived, this, [&] {
        transport.joinSession({u"e"_s, {}, 25s, 20s, 40});
        for (int i = 0; i < 3; ++i)
            transport.send({EngineIo::PacketType::Message, QByteArray(15, char('a' + i)), false});
        transport.send({EngineIo::PacketType::Message, QByteArray(15, 'z'), true});
    });
    QSignalSpy closed(&transport, &PollingClientTransport::closed);
    transport.open(QNetworkRequest(server.url()));
    QTRY_COMPARE(bodies.size(), 2);
    for (const QByteArray &body : std::as_const(bodies))
        QVERIFY(body.size() <= 40);
    QCOMPARE(bodies.join('\x1e'), "4" + QByteArray(15, 'a') + "\x1e" + "4" + QByteArray(15, 'b') + "\x1e"
                                      + "4" + QByteArray(15, 'c') + "\x1e" + "b"
                                      + QByteArray(15, 'z').toBase64());
    transport.close();
    QTRY_COMPARE(closed.size(), 1);
    QCOMPARE(bodies.last(), QByteArray("1"));
}

void tst_pollingclienttransport::keepsToSixteenPacketsUntilAnsweredLikeNode_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QList<qsizetype>>("packets");
    QTest::newRow("Node") << QByteArray("ok") << QList<qsizetype>{16, 84};
    QTest::newRow("Python") << QByteArray("OK") << QList<qsizetype>{16, 16, 16, 16, 16, 16, 4};
    QTest::newRow("longer") << QByteArray("okay") << QList<qsizetype>{16, 16, 16, 16, 16, 16, 4};
    QTest::newRow("empty") << QByteArray() << QList<qsizetype>{16, 16, 16, 16, 16, 16, 4};
}

void tst_pollingclienttransport::keepsToSixteenPacketsUntilAnsweredLikeNode()
{
    QFETCH(QByteArray, answer);
    QFETCH(QList<qsizetype>, packets);
    HttpScript server;
    QByteArrayList bodies;
    server.onRequest = [&](const QByteArray &head, const QByteArray &body) {
        if (head.startsWith("POST")) {
            bodies += body;
            return ok(answer);
        }
        return head.contains("sid=e") ? QByteArray() : ok(goodHandshake);
    };
    PollingClientTransport transport({});
    connect(&transport, &PollingClientTransport::packetReceived, this, [&] {
        transport.joinSession({u"e"_s, {}, 25s, 20s, 1'000'000});
        for (int i = 0; i < 100; ++i)
            transport.send({EngineIo::PacketType::Message, QByteArray::number(i), false});
    });
    transport.open(QNetworkRequest(server.url()));
    QTRY_COMPARE(bodies.size(), packets.size());
    QList<qsizetype> counts;
    for (const QByteArray &body : std::as_const(bodies))
        counts += body.count('\x1e') + 1;
    QCOMPARE(counts, packets);
    QByteArrayList expected;
    for (int i = 0; i < 100; ++i)
        expected += "4" + QByteArray::number(i);
    QCOMPARE(bodies.join('\x1e'), expected.join('\x1e'));
}

void tst_pollingclienttransport::cookiesOnlyWithCredentials_data()
{
    QTest::addColumn<bool>("credentials");
    QTest::newRow("with") << true;
    QTest::newRow("without") << false;
}

void tst_pollingclienttransport::cookiesOnlyWithCredentials()
{
    QFETCH(bool, credentials);
    HttpScript server;
    QByteArray second;
    server.onRequest = [&](const QByteArray &head, const QByteArray &) {
        if (head.contains("sid=e")) {
            second = head;
            return QByteArray();
        }
        QByteArray answer = ok(goodHandshake);
        answer.replace("\r\nContent-Type", "\r\nSet-Cookie: lb=node7; Path=/\r\nContent-Type");
        return answer;
    };
    ManagerOptions options = pollingOnce();
    options.withCredentials = credentials;
    Manager manager(server.url(), options);
    manager.open();
    QTRY_VERIFY(!second.isEmpty());
    QCOMPARE(second.toLower().contains("\r\ncookie: lb=node7"), credentials);
}

void tst_pollingclienttransport::upgradesAndKeepsTheOrder()
{
    SocketIo::Server server;
    QVERIFY(server.listen(QHostAddress::LocalHost, 0));
    QList<int> seen;
    connect(server.sockets(), &SocketIo::Namespace::connection, this,
            [&](SocketIo::ServerSocket *peer) { peer->on(u"n"_s, this, [&seen](int n) { seen += n; }); });
    ManagerOptions options;
    options.transports = {u"polling"_s, u"websocket"_s};
    Manager manager(QUrl(u"http://127.0.0.1:%1"_s.arg(server.port())), options);
    QSignalSpy upgraded(&manager, &Manager::upgraded);
    Socket *socket = manager.socket();
    int sent = 0;
    QTimer talking;
    connect(&talking, &QTimer::timeout, this, [&] {
        if (socket->emitEvent(u"n"_s, sent))
            ++sent;
    });
    talking.start(1);
    QTRY_COMPARE(upgraded.size(), 1);
    QCOMPARE(manager.transportName(), u"websocket"_s);
    const int atLeast = sent + 100;
    QTRY_VERIFY(sent >= atLeast);
    talking.stop();
    QTRY_COMPARE(seen.size(), sent);
    for (int i = 0; i < sent; ++i)
        QCOMPARE(seen.at(i), i);
}

void tst_pollingclienttransport::staysWithPollingWhereWebSocketIsBlocked()
{
    HttpScript server;
    bool said = false;
    server.onRequest = [&](const QByteArray &head, const QByteArray &body) {
        if (head.contains("transport=websocket"))
            return QByteArray("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
        if (head.startsWith("POST")) {
            said |= body == "40";
            return ok("ok");
        }
        QByteArray handshake = goodHandshake;
        handshake.replace("[]", R"(["websocket"])");
        return head.contains("sid=e") ? QByteArray() : ok(handshake);
    };
    ManagerOptions options = pollingOnce();
    options.transports = {u"polling"_s, u"websocket"_s};
    Manager manager(server.url(), options);
    QSignalSpy failed(&manager, &Manager::upgradeFailed);
    manager.open();
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(failed.at(0).at(0).value<Hubbub::Error>().code, u"http-error"_s);
    QCOMPARE(manager.readyState(), Manager::ReadyState::Open);
    QCOMPARE(manager.transportName(), u"polling"_s);
    manager.socket();
    QTRY_VERIFY(said);
}

void tst_pollingclienttransport::triesTheNextOnlyIfToldTo_data()
{
    QTest::addColumn<bool>("all");
    QTest::addColumn<bool>("silent");
    QTest::newRow("told to, refused") << true << false;
    QTest::newRow("told to, silence") << true << true;
    QTest::newRow("not told to") << false << false;
}

void tst_pollingclienttransport::triesTheNextOnlyIfToldTo()
{
    QFETCH(bool, all);
    QFETCH(bool, silent);
    HttpScript server;
    server.onRequest = [&](const QByteArray &head, const QByteArray &) {
        if (head.contains("transport=websocket"))
            return silent ? QByteArray()
                          : QByteArray("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n");
        return head.contains("sid=e") ? QByteArray() : ok(goodHandshake);
    };
    ManagerOptions options = pollingOnce();
    options.transports = {u"websocket"_s, u"polling"_s};
    options.tryAllTransports = all;
    Manager manager(server.url(), options);
    QSignalSpy errors(&manager, &Manager::errorOccurred);
    manager.open();
    if (all) {
        QTRY_COMPARE(manager.readyState(), Manager::ReadyState::Open);
        QCOMPARE(manager.transportName(), u"polling"_s);
    } else {
        QTRY_COMPARE(errors.size(), 1);
        QCOMPARE(manager.readyState(), Manager::ReadyState::Closed);
    }
}

namespace
{

/// Long-polling works, WebSocket does not.
QByteArray answerOfAProxyInTheWay(const QByteArray &head)
{
    if (head.contains("transport=websocket"))
        return "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n";
    return head.startsWith("POST") ? ok("ok") : head.contains("sid=e") ? QByteArray() : ok(goodHandshake);
}

/// Which transports the requests asked for, in order.
QByteArrayList transportsOf(const QByteArrayList &heads)
{
    QByteArrayList names;
    for (const QByteArray &head : heads)
        names += head.contains("transport=websocket") ? "websocket" : "polling";
    return names;
}

} // namespace

void tst_pollingclienttransport::fallsBackByDefault()
{
    HttpScript server;
    QByteArrayList heads;
    server.onRequest = [&](const QByteArray &head, const QByteArray &) {
        heads += head;
        return answerOfAProxyInTheWay(head);
    };
    Manager manager(server.url());
    QSignalSpy errors(&manager, &Manager::errorOccurred);
    manager.open();
    QTRY_COMPARE(manager.readyState(), Manager::ReadyState::Open);
    QCOMPARE(manager.transportName(), u"polling"_s);
    QCOMPARE(errors.size(), 0);
    QCOMPARE(transportsOf(heads.mid(0, 2)), (QByteArrayList{"websocket", "polling"}));
}

void tst_pollingclienttransport::aServerThatIsNotThereIsTriedOnce()
{
    ManagerOptions options;
    options.reconnection = false;
    QTcpServer nobody;
    QVERIFY(nobody.listen(QHostAddress::LocalHost));
    const QUrl url(u"http://127.0.0.1:%1"_s.arg(nobody.serverPort()));
    nobody.close();
    Manager manager(url, options);
    QSignalSpy errors(&manager, &Manager::errorOccurred);
    manager.open();
    QTRY_COMPARE(errors.size(), 1);
    QCOMPARE(errors.at(0).at(0).value<Hubbub::Error>().code, u"connection-refused"_s);
}

void tst_pollingclienttransport::remembersThatWebSocketWorked()
{
    SocketIo::Server server;
    QVERIFY(server.listen(QHostAddress::LocalHost, 0));
    const QUrl url(u"http://127.0.0.1:%1"_s.arg(server.port()));
    ManagerOptions options;
    options.transports = {u"polling"_s, u"websocket"_s};
    options.rememberUpgrade = true;
    const auto openedOver = [&](const QUrl &where) {
        Manager manager(where, options);
        QString name;
        connect(&manager, &Manager::opened, &manager, [&] { name = manager.transportName(); });
        manager.open();
        if (!QTest::qWaitFor([&] { return !name.isEmpty(); }))
            return u"nothing"_s;
        QSignalSpy upgraded(&manager, &Manager::upgraded);
        if (name == "polling"_L1 && where == url && !upgraded.wait())
            return u"no upgrade"_s;
        return name;
    };
    HttpScript blocked;
    blocked.onRequest = [](const QByteArray &head, const QByteArray &) {
        return answerOfAProxyInTheWay(head);
    };
    openedOver(blocked.url()); // whatever was before in this process
    QCOMPARE(openedOver(url), u"polling"_s);
    QCOMPARE(openedOver(url), u"websocket"_s);
    QCOMPARE(openedOver(blocked.url()), u"polling"_s); // after WebSocket failed
    QCOMPARE(openedOver(url), u"polling"_s);
}

void tst_pollingclienttransport::aCutIsSeenAtOnceAndNothingIsSentTwice_data()
{
    QTest::addColumn<bool>("post"); ///< the connection of the POST is cut, or that of the poll
    QTest::addColumn<bool>("reset");
    QTest::addColumn<bool>("reused"); ///< the connection has served a request before
    for (const bool post : {true, false}) {
        for (const bool reset : {true, false}) {
            for (const bool reused : {true, false})
                QTest::addRow("%s, %s, %s", post ? "POST" : "poll", reset ? "reset" : "closed",
                              reused ? "used before" : "fresh")
                    << post << reset << reused;
        }
    }
}

/// The server has the request and takes it; then the connection ends, without an answer.
void tst_pollingclienttransport::aCutIsSeenAtOnceAndNothingIsSentTwice()
{
    QFETCH(bool, post);
    QFETCH(bool, reset);
    QFETCH(bool, reused);
    HttpScript server;
    QByteArrayList posted;
    int polls = 0;
    server.onAsked = [&](QTcpSocket *peer, const QByteArray &head, const QByteArray &body) {
        const auto cut = [&] { reset ? peer->abort() : peer->disconnectFromHost(); };
        if (head.startsWith("POST")) {
            posted += body;
            if (post && posted.size() == (reused ? 2 : 1))
                cut();
            else
                peer->write(ok("ok"));
        } else if (!head.contains("sid=e")) {
            QByteArray answer = ok(goodHandshake);
            if (!post && !reused)
                answer.replace("\r\nContent-Type", "\r\nConnection: close\r\nContent-Type");
            peer->write(answer);
        } else if (++polls == 1 && !post) {
            cut();
        }
    };
    ManagerOptions options = pollingOnce();
    options.timeout = 60s;
    Manager manager(server.url(), options);
    QSignalSpy closed(&manager, &Manager::closed);
    manager.open();
    if (post) {
        manager.socket(); // sends CONNECT
        QTRY_COMPARE(posted.size(), 1);
        if (reused)
            manager.socket(u"/other"_s);
    }
    QTRY_COMPARE(closed.size(), 1); // long before a heartbeat or a timeout would end it
    QCOMPARE(closed.at(0).at(0).toString(), u"transport error"_s);
    QCOMPARE(closed.at(0).at(1).value<Hubbub::Error>().code, u"transport-error"_s);
    QCOMPARE(posted,
             post ? reused ? (QByteArrayList{"40", "40/other,"}) : QByteArrayList{"40"} : QByteArrayList());
    QVERIFY(polls <= 1);
}

void tst_pollingclienttransport::destroyedItSaysGoodbye_data()
{
    QTest::addColumn<bool>("posting"); ///< a POST is under way
    QTest::newRow("at rest") << false;
    QTest::newRow("in the middle of a POST") << true;
}

void tst_pollingclienttransport::destroyedItSaysGoodbye()
{
    QFETCH(bool, posting);
    HttpScript server;
    QByteArrayList posted;
    QPointer<QTcpSocket> waiting;
    server.onAsked = [&](QTcpSocket *peer, const QByteArray &head, const QByteArray &body) {
        if (head.startsWith("POST")) {
            posted += body;
            if (posting && posted.size() == 1)
                waiting = peer;
            else
                peer->write(ok("ok"));
        } else if (!head.contains("sid=e")) {
            peer->write(ok(goodHandshake));
        }
    };
    auto manager = std::make_unique<Manager>(server.url(), pollingOnce());
    manager->socket();
    QTRY_COMPARE(posted.size(), 1);
    manager.reset();
    if (posting) {
        QVERIFY(waiting);
        waiting->write(ok("ok"));
    }
    QTRY_VERIFY(posted.size() > 1);
    QTRY_COMPARE(posted.constLast(), QByteArray("1"));
}

void tst_pollingclienttransport::headersThatAreNoneAreRefused()
{
    for (const QByteArray &name : {QByteArray("X\r\nEvil"), QByteArray(), QByteArray("X Y")}) {
        ManagerOptions options = pollingOnce();
        options.extraHeaders = {{name, "v"}};
        Manager manager(QUrl(u"http://127.0.0.1:1"_s), options);
        QTRY_COMPARE(manager.socket()->lastError().code, u"invalid-header"_s);
    }
    ManagerOptions options;
    options.extraHeaders = {{"X", "v\r\nEvil: yes"}};
    Manager manager(QUrl(u"http://127.0.0.1:1"_s), options);
    QTRY_COMPARE(manager.socket()->state(), ConnectionState::Closed);
    QCOMPARE(manager.socket()->lastError().code, u"invalid-header"_s);
}

void tst_pollingclienttransport::destroyedAtAnyTime()
{
    SocketIo::Server server;
    QVERIFY(server.listen(QHostAddress::LocalHost, 0));
    const QUrl url(u"http://127.0.0.1:%1"_s.arg(server.port()));
    for (int turns = 0; turns < 60; ++turns) {
        auto manager = std::make_unique<Manager>(url);
        manager->socket();
        for (int i = 0; i < turns * 2; ++i)
            QCoreApplication::processEvents();
        if (turns % 3 == 1)
            manager->close();
    }
    for (const char *signal : {"packet", "opened", "written", "closed"}) {
        auto transport = std::make_unique<PollingClientTransport>(EngineIo::TransportOptions());
        const auto destroyAt = [&](const char *where) {
            if (qstrcmp(where, signal) == 0)
                transport.reset();
        };
        connect(transport.get(), &PollingClientTransport::opened, this, [&] { destroyAt("opened"); });
        connect(transport.get(), &PollingClientTransport::bytesWritten, this, [&] { destroyAt("written"); });
        connect(transport.get(), &PollingClientTransport::closed, this, [&] { destroyAt("closed"); });
        connect(transport.get(), &PollingClientTransport::packetReceived, this,
                [&](const EngineIo::Packet &packet) {
                    if (packet.type == EngineIo::PacketType::Open) {
                        transport->joinSession(*EngineIo::decodeHandshake(packet.data));
                        transport->send({EngineIo::PacketType::Message, "0", false});
                        if (qstrcmp(signal, "closed") == 0)
                            transport->close();
                    }
                    destroyAt("packet");
                });
        QUrl target = url;
        target.setPath(u"/socket.io/"_s);
        target.setQuery(u"EIO=4&transport=polling"_s);
        transport->open(QNetworkRequest(target));
        QTRY_VERIFY(!transport);
    }
}

void tst_pollingclienttransport::upgradeTable()
{
    using S = UpgradeState;
    using I = UpgradeInput;
    S state = S::None;
    for (const I input : {I::Offered, I::Connected, I::ProbeAnswered, I::Paused})
        state = EngineIo::nextUpgradeState(state, input);
    QCOMPARE(state, S::Upgraded);
    QCOMPARE(EngineIo::nextUpgradeState(S::Upgraded, I::Broken), S::Upgraded);
    QCOMPARE(EngineIo::nextUpgradeState(S::Connecting, I::ProbeAnswered), S::Connecting);
    for (const S under : {S::Connecting, S::Probing, S::Pausing})
        QCOMPARE(EngineIo::nextUpgradeState(under, I::Broken), S::Failed);
}

QTEST_GUILESS_MAIN(tst_pollingclienttransport)
#include "tst_pollingclienttransport.moc"
