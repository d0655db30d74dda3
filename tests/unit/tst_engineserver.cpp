// SPDX-License-Identifier: MIT
#include "tests/support/enginerecorder.h"
#include "tests/support/testcertificate.h"

#include <QtCore/QRandomGenerator>
#include <QtCore/QRegularExpression>
#include <QtCore/QSet>
#include <QtNetwork/QTcpServer>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using EngineIo::SendMode;
using EngineIo::ServerOptions;
using EngineIo::SessionHandle;

/// Lives of sessions: how they begin, speak and end.
class TestEngineServer : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void listenErrors();
    void sessionTellsHowItCame();
    void sidsAreSecrets();
    void orderIsKept();

    void aloneKeepsOrderAndLosesNothing_data();
    void aloneKeepsOrderAndLosesNothing();
    void peerEnds_data();
    void peerEnds();
    void weEndAPoll_data();
    void weEndAPoll();
    void whatWeEndThePollerEndsToo();
    void weEndAWebSocket();
    void closingIgnoresUnknownSessions();
    void queueIsSentBeforeTheEnd();

    void pongIsAwaitedLongerOnce();
    void volatileNeedsAReader();
    void slowReaderLosesVolatileThenTheSession_data();
    void slowReaderLosesVolatileThenTheSession();

    void closeEndsEverySession();
    void closeWaitsForWhatIsQueued();
    void serverListensAgain();
    void destructionEndsEverySession();
    void crowdComesAndGoes();
};

void TestEngineServer::listenErrors()
{
    QTcpServer taken;
    QVERIFY(taken.listen(QHostAddress::LocalHost));
    EngineIo::Server server({});
    const auto inUse = server.listen(QHostAddress::LocalHost, taken.serverPort());
    QVERIFY(!inUse);
    QCOMPARE(inUse.error().code, u"address-in-use"_s);
    QVERIFY(!server.isListening());
    const auto elsewhere = server.listen(QHostAddress(u"203.0.113.7"_s), 0);
    QVERIFY(!elsewhere);
    QCOMPARE(elsewhere.error().code, u"address-not-available"_s);
    QVERIFY(server.listen(QHostAddress::LocalHost, 0));
    QVERIFY(server.isListening());
    QVERIFY(server.port() != 0);
    const auto twice = server.listen(QHostAddress::LocalHost, 0);
    QVERIFY(!twice);
    QCOMPARE(twice.error().code, u"listen-failed"_s);
}

void TestEngineServer::sessionTellsHowItCame()
{
    EngineRecorder recorder;
    HttpPeer peer(recorder.port());
    const auto reply = peer.get(EngineRecorder::polling + "&token=a%20b", "X-Mine: yes\r\n");
    QCOMPARE(reply.status, 200);
    const SessionHandle session = recorder.opened();
    const auto info = recorder.infos.value(session);
    QVERIFY(reply.body.contains(info->sid.toLatin1()));
    QCOMPARE(toString(info->transport), u"polling"_s);
    QCOMPARE(info->request.query.queryItemValue(u"token"_s, QUrl::FullyDecoded), u"a b"_s);
    QCOMPARE(info->request.header("x-mine"), "yes");
    QCOMPARE(info->request.peerAddress, QHostAddress(QHostAddress::LocalHost));
    QCOMPARE(info->request.peerPort, peer.socket().localPort());
    QVERIFY(!info->request.secure);
    QVERIFY(info->openedAt > 0);
    QCOMPARE(recorder.server->sessionCount(), 1);

    QVERIFY(recorder.webSocketPeer());
    const SessionHandle second = recorder.opened();
    QVERIFY(second != session);
    QCOMPARE(toString(recorder.infos.value(second)->transport), u"websocket"_s);
}

void TestEngineServer::sidsAreSecrets()
{
    ServerOptions options;
    options.workers = 3;
    EngineRecorder recorder(options);
    QSet<QByteArray> sids;
    const QRegularExpression shape(u"\\A[A-Za-z0-9_-]{20}\\z"_s);
    for (int i = 0; i < 100; ++i) {
        const QByteArray sid = recorder.poller().right(20);
        QVERIFY2(shape.match(QString::fromLatin1(sid)).hasMatch(), sid.constData());
        sids.insert(sid);
    }
    QCOMPARE(sids.size(), 100);
}

void TestEngineServer::orderIsKept()
{
    ServerOptions options;
    options.workers = 2;
    EngineRecorder recorder(options);
    recorder.echoes = true;
    const auto one = recorder.webSocketPeer();
    const auto two = recorder.webSocketPeer();
    QVERIFY(one && two);
    QByteArray burst;
    for (int i = 0; i < 500; ++i)
        burst += FramePeer::frame(0x81, "4" + QByteArray::number(i));
    one->http.send(burst);
    two->http.send(burst);
    for (int i = 0; i < 500; ++i) {
        QCOMPARE(one->nextText(), "4" + QByteArray::number(i));
        QCOMPARE(two->nextText(), "4" + QByteArray::number(i));
    }
    const auto counters = recorder.server->counters();
    QCOMPARE(counters.messagesIn, 1000u);
    QCOMPARE(counters.messagesOut, 1000u);
    QCOMPARE(counters.bytesIn, counters.bytesOut);
    QCOMPARE(counters.sessionsOpened, 2u);
    QCOMPARE(counters.connectionsOpened, 2u);
}

void TestEngineServer::aloneKeepsOrderAndLosesNothing_data()
{
    QTest::addColumn<bool>("polling");
    QTest::newRow("polling") << true;
    QTest::newRow("WebSocket") << false;
}

void TestEngineServer::aloneKeepsOrderAndLosesNothing()
{
    QFETCH(bool, polling);
    EngineRecorder recorder;
    const QByteArray target = polling ? recorder.poller() : QByteArray();
    const auto peer = polling ? nullptr : recorder.webSocketPeer();
    const SessionHandle session = recorder.opened();
    QByteArrayList said;
    for (int i = 0; i < 20; ++i) {
        const QByteArray text = QByteArray::number(i);
        recorder.send(session, text, i % 3 == 0 ? SendMode::Alone : SendMode::Reliable);
        said << "4" + text;
    }
    recorder.server->closeSession(session);
    if (polling) {
        QCOMPARE(HttpPeer(recorder.port()).get(target).body, said.join('\x1e'));
        return;
    }
    for (const QByteArray &text : said)
        QCOMPARE(peer->nextText(), text);
    QVERIFY(peer->waitForClose());
    QCOMPARE(recorder.closed(session), u"forced close"_s);
}

void TestEngineServer::peerEnds_data()
{
    QTest::addColumn<bool>("webSocket");
    QTest::addColumn<QByteArray>("says");
    QTest::addColumn<QString>("end");
    const auto frame = [](const QByteArray &text) { return FramePeer::frame(0x81, text); };
    QTest::newRow("polling, close") << false << "1"_ba << u"transport close"_s;
    QTest::newRow("polling, ping") << false << "2"_ba << u"transport error: invalid heartbeat direction"_s;
    QTest::newRow("polling, garbage") << false << "abc"_ba << u"parse error"_s;
    QTest::newRow("polling, type 7") << false << "7"_ba << u"parse error"_s;
    QTest::newRow("polling, empty payload") << false << ""_ba << u"parse error"_s;
    QTest::newRow("polling, only separators") << false << "\x1e"_ba << u"parse error"_s;
    QTest::newRow("polling, bad base64") << false << "b==="_ba << u"parse error"_s;
    QTest::newRow("polling, 20 000 packets")
        << false << "4\x1e"_ba.repeated(20'000) + "4" << u"parse error"_s;
    QTest::newRow("WebSocket, close") << true << frame("1") << u"transport close"_s;
    QTest::newRow("WebSocket, ping") << true << frame("2")
                                     << u"transport error: invalid heartbeat direction"_s;
    QTest::newRow("WebSocket, garbage") << true << frame("abc") << u"parse error"_s;
    QTest::newRow("WebSocket, empty text") << true << frame("") << u"parse error"_s;
    QTest::newRow("WebSocket, close frame")
        << true << FramePeer::frame(0x88, "\x03\xe8"_ba) << u"transport close"_s;
    QTest::newRow("WebSocket, empty close frame")
        << true << FramePeer::frame(0x88, "") << u"transport close"_s;
    QTest::newRow("WebSocket, cut") << true << QByteArray() << u"transport close"_s;
}

void TestEngineServer::peerEnds()
{
    QFETCH(bool, webSocket);
    QFETCH(QByteArray, says);
    QFETCH(QString, end);
    EngineRecorder recorder;
    if (webSocket) {
        const auto peer = recorder.webSocketPeer();
        QVERIFY(peer);
        if (says.isNull()) {
            peer->http.abort();
        } else {
            peer->http.send(says);
            QVERIFY(peer->waitForClose());
        }
    } else {
        const QByteArray poller = recorder.poller();
        HttpPeer(recorder.port()).post(poller, says);
        QCOMPARE(HttpPeer(recorder.port()).get(poller).body, R"({"code":1,"message":"Session ID unknown"})");
    }
    const SessionHandle session = recorder.opened();
    const QString heard = recorder.closed(session);
    QVERIFY2(heard.startsWith(end), qPrintable(heard));
    QCOMPARE(recorder.server->sessionCount(), 0);
    QCOMPARE(recorder.server->counters().sessionsClosed, 1u);
}

void TestEngineServer::weEndAPoll_data()
{
    QTest::addColumn<bool>("waiting");
    QTest::addColumn<bool>("queued");
    QTest::addColumn<bool>("discard");
    QTest::addColumn<QByteArray>("last");
    const QByteArray gone = R"({"code":1,"message":"Session ID unknown"})";
    QTest::newRow("a poll waits") << true << false << false << "1"_ba;
    QTest::newRow("a poll waits, discard") << true << false << true << "1"_ba;
    QTest::newRow("a poll waits, something to say") << true << true << false
                                                    << "6\x1e"
                                                       "1"_ba;
    QTest::newRow("no poll") << false << false << false
                             << "6\x1e"
                                "1"_ba;
    QTest::newRow("no poll, something to say") << false << true << false
                                               << "6\x1e"
                                                  "1"_ba;
    QTest::newRow("no poll, discard") << false << true << true << gone;
}

void TestEngineServer::weEndAPoll()
{
    QFETCH(bool, waiting);
    QFETCH(bool, queued);
    QFETCH(bool, discard);
    EngineRecorder recorder;
    const QByteArray poller = recorder.poller();
    const SessionHandle session = recorder.opened();
    HttpPeer poll(recorder.port());
    if (waiting) {
        poll.request("GET", poller);
        QCOMPARE(HttpPeer(recorder.port()).post(poller, "3").body, "ok");
    }
    if (queued)
        recorder.send(session, "bye");
    recorder.server->closeSession(session, discard);
    recorder.send(session, "never");
    if (!waiting) {
        QCOMPARE(HttpPeer(recorder.port()).get("/sync").status,
                 404); // behind the close on the way to the worker
        poll.request("GET", poller);
    }
    auto last = poll.reply();
    QVERIFY(last);
    if (queued && !discard) { // first what was to say, alone
        QCOMPARE(last->body, "4bye");
        QVERIFY(recorder.ends.isEmpty());
        last = poll.get(poller);
    }
    QTEST(last->body, "last");
    QCOMPARE(recorder.closed(session), u"forced close"_s);
    QCOMPARE(HttpPeer(recorder.port()).get(poller).status, 400);
}

void TestEngineServer::whatWeEndThePollerEndsToo()
{
    EngineRecorder recorder;
    const QByteArray poller = recorder.poller();
    const SessionHandle session = recorder.opened();
    HttpPeer peer(recorder.port());
    recorder.server->closeSession(session); // waits for a poll
    QCOMPARE(peer.get("/sync").status, 404); // behind the close on the way to the worker
    QVERIFY(recorder.ends.isEmpty());
    QCOMPARE(peer.post(poller, "4too late\x1e"
                               "1")
                 .body,
             "ok");
    QCOMPARE(recorder.closed(session), u"forced close"_s);
    QCOMPARE(recorder.logs.value(session), (QByteArrayList{"opened polling", "closed forced close"}));
    QCOMPARE(peer.get(poller).status, 400);
}

void TestEngineServer::weEndAWebSocket()
{
    EngineRecorder recorder;
    const auto peer = recorder.webSocketPeer();
    const SessionHandle session = recorder.opened();
    recorder.send(session, "bye");
    recorder.server->closeSession(session);
    recorder.send(session, "never");
    QCOMPARE(peer->nextText(), "4bye");
    QVERIFY(peer->waitForClose());
    QCOMPARE(recorder.closed(session), u"forced close"_s);
}

void TestEngineServer::closingIgnoresUnknownSessions()
{
    EngineRecorder recorder;
    recorder.server->closeSession(42);
    recorder.server->closeSession(~SessionHandle(0));
    recorder.send(42, "nobody");
    recorder.send(~SessionHandle(0), "nobody");
    QVERIFY(recorder.webSocketPeer());
}

void TestEngineServer::queueIsSentBeforeTheEnd()
{
    EngineRecorder recorder;
    const auto peer = recorder.webSocketPeer();
    const SessionHandle session = recorder.opened();
    const QByteArray large(3'000'000, 'x'); // more than the kernel takes at once
    recorder.send(session, large);
    recorder.server->closeSession(session);
    QCOMPARE(peer->nextText().size(), large.size() + 1);
    QVERIFY(peer->waitForClose());
}

void TestEngineServer::pongIsAwaitedLongerOnce()
{
    ServerOptions options;
    options.pingInterval = 50ms;
    options.pingTimeout = 200ms;
    EngineRecorder recorder(options);
    const auto peer = recorder.webSocketPeer();
    const SessionHandle session = recorder.opened();
    QCOMPARE(peer->nextText(), "2");
    const auto start = std::chrono::steady_clock::now();
    // Messages all the time, but no pong: only the first of them counts.
    while (!recorder.ends.contains(session)
           && std::chrono::steady_clock::now() - start < HttpPeer::patience) {
        peer->text("4busy");
        QCoreApplication::processEvents(QEventLoop::AllEvents);
        peer->http.socket().waitForReadyRead(10);
    }
    QCOMPARE(recorder.closed(session), u"ping timeout"_s);
    QVERIFY(std::chrono::steady_clock::now() - start >= 200ms);
}

void TestEngineServer::volatileNeedsAReader()
{
    EngineRecorder recorder;
    const QByteArray poller = recorder.poller();
    const SessionHandle session = recorder.opened();
    recorder.send(session, "lost", SendMode::Volatile);
    recorder.send(session, "kept");
    QCOMPARE(HttpPeer(recorder.port()).get("/sync").status, 404); // both are with the worker now
    QCOMPARE(HttpPeer(recorder.port()).get(poller).body, "4kept");
    QCOMPARE(recorder.server->counters().volatileDropped, 1u);

    HttpPeer poll(recorder.port());
    poll.request("GET", poller);
    QCOMPARE(HttpPeer(recorder.port()).post(poller, "3").body, "ok");
    recorder.send(session, "heard", SendMode::Volatile);
    const auto heard = poll.reply();
    QVERIFY(heard);
    QCOMPARE(heard->body, "4heard");
}

void TestEngineServer::slowReaderLosesVolatileThenTheSession_data()
{
    QTest::addColumn<bool>("secure");
    QTest::newRow("plain") << false;
    QTest::newRow("TLS") << true;
}

void TestEngineServer::slowReaderLosesVolatileThenTheSession()
{
    QFETCH(bool, secure);
    ServerOptions options;
    if (secure)
        options.tls = testCertificate();
    options.highWaterMark = 1'000'000;
    options.maxQueuedBytes = 40'000'000;
    EngineRecorder recorder(options);
    const auto quick = recorder.webSocketPeer(secure);
    const SessionHandle quickOne = recorder.opened();
    const auto slow = recorder.webSocketPeer(secure);
    const SessionHandle slowOne = recorder.opened();
    slow->http.socket().setReadBufferSize(1); // its kernel buffer fills up, and then ours
    const QByteArray large(1'000'000, 'x');
    const auto sendLarge = [&](int times) {
        for (int i = 0; i < times; ++i) {
            recorder.send(slowOne, large);
            recorder.send(quickOne, "turn"); // the kernel takes what it takes, and TLS encrypts
            QCOMPARE(quick->nextText(), "4turn");
        }
    };
    sendLarge(20);
    recorder.send(slowOne, "lost", SendMode::Volatile);
    recorder.send(quickOne, "heard", SendMode::Volatile);
    QCOMPARE(quick->nextText(), "4heard");
    QCOMPARE(recorder.server->counters().volatileDropped, 1u);
    sendLarge(40);
    QCOMPARE(recorder.closed(slowOne), u"transport error: the peer reads too slowly"_s);
    QCOMPARE(recorder.server->counters().slowClosed, 1u);
    recorder.send(quickOne, "unharmed");
    QCOMPARE(quick->nextText(), "4unharmed");
}

void TestEngineServer::closeEndsEverySession()
{
    ServerOptions options;
    options.workers = 2;
    EngineRecorder recorder(options);
    std::vector<std::unique_ptr<FramePeer>> peers;
    for (int i = 0; i < 4; ++i)
        peers.push_back(recorder.webSocketPeer());
    const QByteArray poller = recorder.poller();
    HttpPeer poll(recorder.port());
    poll.request("GET", poller);
    QCOMPARE(HttpPeer(recorder.port()).post(poller, "3").body, "ok");
    HttpPeer idle(recorder.port());
    QCOMPARE(idle.get("/").status, 404);

    int closed = 0;
    QObject::connect(recorder.server.get(), &EngineIo::Server::closed, recorder.server.get(),
                     [&] { ++closed; });
    recorder.server->close();
    QTRY_COMPARE(closed, 1);
    QCOMPARE(recorder.ends.size(), 5);
    for (const QString &end : std::as_const(recorder.ends))
        QCOMPARE(end, u"server shutting down"_s);
    for (const auto &peer : peers)
        QVERIFY(peer->waitForClose());
    const auto last = poll.reply();
    QVERIFY(last);
    QCOMPARE(last->body, "1");
    QVERIFY(idle.waitForClose());
    QVERIFY(!recorder.server->isListening());
    HttpPeer late(recorder.port());
    QVERIFY(late.waitForClose());
}

void TestEngineServer::closeWaitsForWhatIsQueued()
{
    EngineRecorder recorder;
    const QByteArray poller = recorder.poller();
    const SessionHandle session = recorder.opened();
    const auto peer = recorder.webSocketPeer();
    const SessionHandle other = recorder.opened();
    HttpPeer keepAlive(recorder.port());
    recorder.send(session, "last words");
    const QByteArray large(5'000'000, 'x');
    recorder.send(other, large);
    int closed = 0;
    QObject::connect(recorder.server.get(), &EngineIo::Server::closed, recorder.server.get(),
                     [&] { ++closed; });
    keepAlive.request("GET", poller);
    QCOMPARE(HttpPeer(recorder.port()).get("/").status, 404); // so the request before it was read as well
    recorder.server->close();
    QCOMPARE(peer->nextText().size(), large.size() + 1);
    const auto last = keepAlive.reply();
    QVERIFY(last);
    QVERIFY2(last->body.startsWith("4last words"), last->body.constData());
    QTRY_COMPARE(closed, 1);
    QCOMPARE(recorder.closed(session), u"server shutting down"_s);
}

void TestEngineServer::serverListensAgain()
{
    EngineRecorder recorder;
    recorder.echoes = true;
    int closed = 0;
    QObject::connect(recorder.server.get(), &EngineIo::Server::closed, recorder.server.get(),
                     [&] { ++closed; });
    for (int i = 0; i < 3; ++i) {
        const auto peer = recorder.webSocketPeer();
        QVERIFY(peer);
        peer->text("4hello");
        QCOMPARE(peer->nextText(), "4hello");
        recorder.server->close();
        QTRY_COMPARE(closed, i + 1);
        QVERIFY(recorder.server->listen(QHostAddress::LocalHost, 0));
    }
}

void TestEngineServer::destructionEndsEverySession()
{
    ServerOptions options;
    options.workers = 2;
    EngineRecorder recorder(options);
    std::vector<std::unique_ptr<FramePeer>> peers;
    for (int i = 0; i < 4; ++i)
        peers.push_back(recorder.webSocketPeer());
    const QByteArray poller = recorder.poller();
    HttpPeer poll(recorder.port());
    poll.request("GET", poller);
    FramePeer candidate(recorder.port());
    QCOMPARE(candidate.upgrade(EngineRecorder::webSocketFor(poller)), 101);
    HttpPeer half(recorder.port());
    half.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nhal");
    QTRY_COMPARE(recorder.log.size(), 5);
    recorder.server.reset();
    QCOMPARE(recorder.ends.size(), 5);
    for (const auto &peer : peers)
        QVERIFY(peer->waitForClose());
    QVERIFY(half.waitForClose());
}

void TestEngineServer::crowdComesAndGoes()
{
    ServerOptions options;
    options.workers = 2;
    options.pingInterval = 100ms;
    options.pingTimeout = 100ms;
    EngineRecorder recorder(options);
    recorder.echoes = true;
    QRandomGenerator random(20261121);
    std::vector<std::unique_ptr<FramePeer>> peers;
    for (int round = 0; round < 60; ++round) {
        switch (random.bounded(5)) {
        case 0:
        case 1:
            peers.push_back(recorder.webSocketPeer());
            break;
        case 2: {
            const QByteArray poller = recorder.poller();
            HttpPeer poll(recorder.port());
            poll.request("GET", poller);
            if (random.bounded(2) == 0) {
                auto peer = std::make_unique<FramePeer>(recorder.port());
                if (peer->upgrade(EngineRecorder::webSocketFor(poller)) == 101) {
                    peer->text("2probe");
                    peer->text("5");
                    peers.push_back(std::move(peer));
                }
            }
            break; // and leaves without its answer
        }
        case 3:
            if (!peers.empty()) {
                const auto which = size_t(random.bounded(int(peers.size())));
                if (random.bounded(2) == 0)
                    peers[which]->http.abort();
                else
                    peers[which]->text("4hello");
                peers.erase(peers.begin() + qsizetype(which));
            }
            break;
        default:
            if (!recorder.infos.isEmpty()) {
                for (const SessionHandle session : recorder.infos.keys())
                    recorder.send(session, "to all", SendMode::Volatile);
            }
        }
    }
    peers.clear();
    QTRY_COMPARE(recorder.server->sessionCount(), 0);
    QCOMPARE(recorder.ends.size(), recorder.infos.size());
    const auto counters = recorder.server->counters();
    QCOMPARE(counters.sessionsOpened, counters.sessionsClosed);
}

QTEST_GUILESS_MAIN(TestEngineServer)
#include "tst_engineserver.moc"
