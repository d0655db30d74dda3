// SPDX-License-Identifier: MIT
#include "tests/conformance/engineioecho.h"
#include "tests/support/framepeer.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtTest/QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace
{
const QByteArray polling = "/engine.io/?EIO=4&transport=polling";
const QByteArray webSocket = "/engine.io/?EIO=4&transport=websocket";
} // namespace

/// The public Engine.IO protocol suite, test by test, in its order and with its times; numbers are the
/// suite's order.
class TestEngineIo : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();

    void handshakeByPolling(); // 1
    void badPollingHandshakes_data(); // 2, 3, 4
    void badPollingHandshakes();
    void handshakeByWebSocket(); // 5
    void badWebSocketHandshakes_data(); // 6, 7
    void badWebSocketHandshakes();

    void pollingMessages_data(); // 8, 9, 10
    void pollingMessages();
    void invalidPayloadEndsTheSession(); // 11
    void secondPollEndsTheSession(); // 12
    void abandonedPollEndsTheSession(); // 13
    void webSocketMessages(); // 14, 15
    void invalidPacketClosesTheWebSocket(); // 16

    void pollingHeartbeat(); // 17
    void silentPollerIsClosed(); // 18
    void webSocketHeartbeat(); // 19
    void silentWebSocketIsClosed(); // 20

    void pollerCloses(); // 21
    void webSocketCloses(); // 22

    void upgrade(); // 23
    void pollingAfterTheUpgradeIsRefused(); // 24
    void webSocketAfterTheUpgradeIsClosed(); // 25

private:
    static QByteArray newSession(quint16 port);
    /// With the suite's short times, for the tests that look at them.
    quint16 brisk() const { return m_brisk->server().port(); }
    /// With the usual times, so that no ping comes between on a slow machine.
    quint16 port() const { return m_calm->server().port(); }

    std::unique_ptr<EngineIoEcho> m_brisk;
    std::unique_ptr<EngineIoEcho> m_calm;
};

void TestEngineIo::initTestCase()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    EngineIo::ServerOptions options = EngineIoEcho::conformanceOptions();
    options.workers = 2;
    m_brisk = std::make_unique<EngineIoEcho>(options);
    QVERIFY(m_brisk->server().listen(QHostAddress::LocalHost, 0));
    options.pingInterval = 25s;
    options.pingTimeout = 20s;
    m_calm = std::make_unique<EngineIoEcho>(options);
    QVERIFY(m_calm->server().listen(QHostAddress::LocalHost, 0));
}

/// The target of requests of a new polling session.
QByteArray TestEngineIo::newSession(quint16 port)
{
    const auto reply = HttpPeer(port).get(polling);
    return polling + "&sid="
           + QJsonDocument::fromJson(reply.body.mid(1)).object().value(u"sid").toString().toLatin1();
}

namespace
{
void verifyOpenPacket(const QByteArray &packet, const QJsonArray &upgrades)
{
    QVERIFY(packet.startsWith('0'));
    const QJsonObject open = QJsonDocument::fromJson(packet.mid(1)).object();
    QCOMPARE(open.keys(),
             (QStringList{u"maxPayload"_s, u"pingInterval"_s, u"pingTimeout"_s, u"sid"_s, u"upgrades"_s}));
    QCOMPARE(open.value(u"sid").toString().size(), 20);
    QCOMPARE(open.value(u"upgrades").toArray(), upgrades);
    QCOMPARE(open.value(u"pingInterval").toInt(), 300);
    QCOMPARE(open.value(u"pingTimeout").toInt(), 200);
    QCOMPARE(open.value(u"maxPayload").toInt(), 1'000'000);
}
} // namespace

void TestEngineIo::handshakeByPolling()
{
    const auto reply = HttpPeer(brisk()).get(polling);
    QCOMPARE(reply.status, 200);
    QCOMPARE(reply.header("Content-Type"), "text/plain; charset=UTF-8");
    QCOMPARE(reply.header("cache-control"), "no-store");
    verifyOpenPacket(reply.body, {u"websocket"_s});
}

void TestEngineIo::badPollingHandshakes_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<QByteArray>("body");
    const QByteArray transport = R"({"code":0,"message":"Transport unknown"})";
    const QByteArray method = R"({"code":2,"message":"Bad handshake method"})";
    const QByteArray protocol = R"({"code":5,"message":"Unsupported protocol version"})";
    QTest::newRow("EIO missing") << "GET"_ba
                                 << "transport=polling"_ba << protocol;
    QTest::newRow("EIO abc") << "GET"_ba
                             << "EIO=abc&transport=polling"_ba << protocol;
    QTest::newRow("EIO 3") << "GET"_ba
                           << "EIO=3&transport=polling"_ba << protocol;
    QTest::newRow("EIO 5") << "GET"_ba
                           << "EIO=5&transport=polling"_ba << protocol;
    QTest::newRow("transport missing") << "GET"_ba
                                       << "EIO=4"_ba << transport;
    QTest::newRow("transport abc") << "GET"_ba
                                   << "EIO=4&transport=abc"_ba << transport;
    QTest::newRow("transport of a prototype") << "GET"_ba
                                              << "EIO=4&transport=__proto__"_ba << transport;
    QTest::newRow("transport as a list") << "GET"_ba
                                         << "EIO=4&transport[]=websocket"_ba << transport;
    QTest::newRow("transport twice") << "GET"_ba
                                     << "EIO=4&transport=polling&transport=websocket"_ba << transport;
    QTest::newRow("webtransport") << "GET"_ba
                                  << "EIO=4&transport=webtransport"_ba << transport;
    QTest::newRow("POST") << "POST"_ba
                          << "EIO=4&transport=polling"_ba << method;
    QTest::newRow("PUT") << "PUT"_ba
                         << "EIO=4&transport=polling"_ba << method;
    QTest::newRow("DELETE") << "DELETE"_ba
                            << "EIO=4&transport=polling"_ba << method;
    QTest::newRow("websocket without an upgrade") << "GET"_ba
                                                  << "EIO=4&transport=websocket"_ba
                                                  << R"({"code":3,"message":"Bad request"})"_ba;
    QTest::newRow("unknown sid") << "GET"_ba
                                 << "EIO=4&transport=polling&sid=abc"_ba
                                 << R"({"code":1,"message":"Session ID unknown"})"_ba;
}

void TestEngineIo::badPollingHandshakes()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, query);
    QFETCH(QByteArray, body);
    const auto reply = HttpPeer(port()).ask(method, "/engine.io/?" + query);
    QCOMPARE(reply.status, 400);
    QCOMPARE(reply.header("Content-Type"), "application/json");
    QCOMPARE(reply.body, body);
}

void TestEngineIo::handshakeByWebSocket()
{
    FramePeer peer(brisk());
    QCOMPARE(peer.upgrade(webSocket), 101);
    verifyOpenPacket(peer.nextText(), {});
}

void TestEngineIo::badWebSocketHandshakes_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::newRow("EIO missing") << "transport=websocket"_ba;
    QTest::newRow("EIO abc") << "EIO=abc&transport=websocket"_ba;
    QTest::newRow("transport missing") << "EIO=4"_ba;
    QTest::newRow("transport abc") << "EIO=4&transport=abc"_ba;
    QTest::newRow("transport polling") << "EIO=4&transport=polling"_ba;
    QTest::newRow("unknown sid") << "EIO=4&transport=websocket&sid=abc"_ba;
}

void TestEngineIo::badWebSocketHandshakes()
{
    QFETCH(QByteArray, query);
    FramePeer peer(port());
    QCOMPARE(peer.upgrade("/engine.io/?" + query), 400);
    QVERIFY(peer.http.waitForClose());
}

void TestEngineIo::pollingMessages_data()
{
    QTest::addColumn<QByteArray>("payload");
    QTest::newRow("one") << "4hello"_ba;
    QTest::newRow("three") << "4test1\x1e"
                              "4test2\x1e"
                              "4test3"_ba;
    QTest::newRow("text and binary") << "4hello\x1e"
                                        "bAQIDBA=="_ba;
}

void TestEngineIo::pollingMessages()
{
    QFETCH(QByteArray, payload);
    const QByteArray session = newSession(port());
    const auto posted = HttpPeer(port()).post(session, payload);
    QCOMPARE(posted.status, 200);
    QCOMPARE(posted.body, "ok");
    QCOMPARE(posted.header("Content-Type"), "text/html");
    const auto polled = HttpPeer(port()).get(session);
    QCOMPARE(polled.status, 200);
    QCOMPARE(polled.body, payload);
}

void TestEngineIo::invalidPayloadEndsTheSession()
{
    const QByteArray session = newSession(port());
    QCOMPARE(HttpPeer(port()).post(session, "abc").status, 400);
    QCOMPARE(HttpPeer(port()).get(session).status, 400);
}

void TestEngineIo::secondPollEndsTheSession()
{
    const QByteArray session = newSession(port());
    HttpPeer first(port());
    first.request("GET", session);
    HttpPeer second(port());
    second.request("GET", session);
    const auto one = first.reply();
    const auto two = second.reply();
    QVERIFY(one && two);
    // Which of the two came first is up to the network: one of them is told the end, the other is refused.
    QCOMPARE(std::min(one->status, two->status), 200);
    QCOMPARE(std::max(one->status, two->status), 400);
    QCOMPARE(one->body + two->body, "1");
    QCOMPARE(HttpPeer(port()).get(session).status, 400);
}

void TestEngineIo::abandonedPollEndsTheSession()
{
    for (int i = 0; i < 10; ++i) {
        const QByteArray session = newSession(port());
        HttpPeer poller(port());
        poller.request("GET", session);
        // Answered behind the poll on another connection: the poll is parked when this returns, on whichever
        // worker.
        QCOMPARE(HttpPeer(port()).post(session, "3").status, 200);
        poller.abort();
        QCOMPARE(HttpPeer(port()).get(session).status, 400);
    }
}

void TestEngineIo::webSocketMessages()
{
    FramePeer peer(port());
    QCOMPARE(peer.upgrade(webSocket), 101);
    QVERIFY(peer.nextText().startsWith('0'));
    peer.text("4hello");
    QCOMPARE(peer.nextText(), "4hello");
    peer.binary(QByteArrayLiteral("\x01\x02\x03\x04"));
    const auto frame = peer.next();
    QCOMPARE(frame.opcode, int(FramePeer::Binary));
    QCOMPARE(frame.payload, QByteArrayLiteral("\x01\x02\x03\x04"));
}

void TestEngineIo::invalidPacketClosesTheWebSocket()
{
    FramePeer peer(port());
    QCOMPARE(peer.upgrade(webSocket), 101);
    QVERIFY(peer.nextText().startsWith('0'));
    peer.text("abc");
    QVERIFY(peer.waitForClose());
}

void TestEngineIo::pollingHeartbeat()
{
    const QByteArray session = newSession(brisk());
    for (int i = 0; i < 3; ++i) {
        const auto ping = HttpPeer(brisk()).get(session);
        QCOMPARE(ping.status, 200);
        QCOMPARE(ping.body, "2");
        QCOMPARE(HttpPeer(brisk()).post(session, "3").status, 200);
    }
}

void TestEngineIo::silentPollerIsClosed()
{
    const QByteArray session = newSession(brisk());
    QElapsedTimer clock;
    clock.start();
    // Exactly the two times, as in the suite: the session has to be gone by then.
    QTRY_VERIFY(clock.elapsed() >= 500);
    QCOMPARE(HttpPeer(brisk()).get(session).status, 400);
}

void TestEngineIo::webSocketHeartbeat()
{
    FramePeer peer(brisk());
    QCOMPARE(peer.upgrade(webSocket), 101);
    QVERIFY(peer.nextText().startsWith('0'));
    for (int i = 0; i < 3; ++i) {
        QCOMPARE(peer.nextText(), "2");
        peer.text("3");
    }
}

void TestEngineIo::silentWebSocketIsClosed()
{
    FramePeer peer(brisk());
    QCOMPARE(peer.upgrade(webSocket), 101);
    QVERIFY(peer.nextText().startsWith('0'));
    QCOMPARE(peer.nextText(), "2");
    QVERIFY(peer.waitForClose());
}

void TestEngineIo::pollerCloses()
{
    const QByteArray session = newSession(port());
    HttpPeer poller(port());
    poller.request("GET", session);
    QCOMPARE(HttpPeer(port()).post(session, "3").status, 200);
    QCOMPARE(HttpPeer(port()).post(session, "1").status, 200);
    const auto last = poller.reply();
    QVERIFY(last);
    QCOMPARE(last->status, 200);
    QCOMPARE(last->body, "6");
    QCOMPARE(HttpPeer(port()).get(session).status, 400);
}

void TestEngineIo::webSocketCloses()
{
    FramePeer peer(port());
    QCOMPARE(peer.upgrade(webSocket), 101);
    QVERIFY(peer.nextText().startsWith('0'));
    peer.text("1");
    QVERIFY(peer.waitForClose());
}

void TestEngineIo::upgrade()
{
    const QByteArray session = newSession(port());
    const QByteArray sid = session.mid(polling.size());
    FramePeer peer(port());
    QCOMPARE(peer.upgrade(webSocket + sid), 101);
    peer.text("2probe");
    QCOMPARE(peer.nextText(), "3probe");
    const auto last = HttpPeer(port()).get(session);
    QCOMPARE(last.status, 200);
    QCOMPARE(last.body, "6");
    peer.text("5");
    peer.text("4hello");
    QCOMPARE(peer.nextText(), "4hello");
}

void TestEngineIo::pollingAfterTheUpgradeIsRefused()
{
    const QByteArray session = newSession(port());
    FramePeer peer(port());
    QCOMPARE(peer.upgrade(webSocket + session.mid(polling.size())), 101);
    peer.text("2probe");
    peer.text("5");
    QCOMPARE(peer.nextText(), "3probe");
    peer.text("4sync");
    QCOMPARE(peer.nextText(), "4sync");
    const auto refused = HttpPeer(port()).get(session);
    QCOMPARE(refused.status, 400);
    QCOMPARE(refused.body, R"({"code":3,"message":"Bad request"})");
    peer.text("4hello");
    QCOMPARE(peer.nextText(), "4hello");
}

void TestEngineIo::webSocketAfterTheUpgradeIsClosed()
{
    const QByteArray session = newSession(port());
    const QByteArray target = webSocket + session.mid(polling.size());
    FramePeer peer(port());
    QCOMPARE(peer.upgrade(target), 101);
    peer.text("2probe");
    peer.text("5");
    QCOMPARE(peer.nextText(), "3probe");
    FramePeer second(port());
    QCOMPARE(second.upgrade(target), 101);
    QVERIFY(second.waitForClose());
    peer.text("4hello");
    QCOMPARE(peer.nextText(), "4hello");
}

QTEST_GUILESS_MAIN(TestEngineIo)
#include "tst_engineio.moc"
