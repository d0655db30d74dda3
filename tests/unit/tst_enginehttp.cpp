// SPDX-License-Identifier: MIT
#include "tests/support/enginerecorder.h"
#include "tests/support/testcertificate.h"

#include <QtCore/QRegularExpression>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using EngineIo::ServerOptions;
using Hubbub::HttpRequest;
using Hubbub::HttpResponder;
using Hubbub::HttpResponse;

/// The port as an HTTP server: what is beside Engine.IO, who may come in, and what bad requests get.
class TestEngineHttp : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void handlerGetsWhatIsNotEngineIo_data();
    void handlerGetsWhatIsNotEngineIo();
    void answersMayComeLateOnceOrToNobody();
    void connectionsAreKept();
    void pipelinedRequestsAreAnsweredInOrder();
    void answersWaitForAReader();
    void headIsAnsweredWithoutABody();
    void continueIsSaidWhenAsked();
    void chunkedPostIsRead();

    void badRequests_data();
    void badRequests();
    void largeBodyIsRefusedAndTheSessionStays_data();
    void largeBodyIsRefusedAndTheSessionStays();
    void badSessionRequests_data();
    void badSessionRequests();
    void octetStreamIsRefused();
    void overlappingPostsEndTheSession();
    void abandonedPostEndsTheSession();

    void namesOfOthersAreRefused_data();
    void namesOfOthersAreRefused();
    void foreignPagesChangeNothing();
    void origins_data();
    void origins();
    void preflight();

    void dripsAreCutOff_data();
    void dripsAreCutOff();
    void surplusConnectionsAreRefused();
    void tls();
    void plainTextOnTheTlsPort();
};

void TestEngineHttp::handlerGetsWhatIsNotEngineIo_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<bool>("handled");
    QTest::newRow("root") << "/"_ba << true;
    QTest::newRow("other path") << "/metrics?x=y"_ba << true;
    QTest::newRow("path without its slash") << "/engine.io?EIO=4&transport=polling"_ba << true;
    QTest::newRow("longer name") << "/engine.iox/?EIO=4&transport=polling"_ba << true;
    QTest::newRow("file beside") << "/engine.io/engine.io.js"_ba << true;
    QTest::newRow("file deeper") << "/engine.io/dist/x.min.js?v=1"_ba << true;
    QTest::newRow("the path") << "/engine.io/?EIO=4&transport=polling"_ba << false;
    QTest::newRow("the path and more") << "/engine.io/xyz?EIO=4&transport=polling"_ba << false;
    QTest::newRow("a file with EIO") << "/engine.io/x.js?EIO=4&transport=polling"_ba << false;
    QTest::newRow("the path, no query") << "/engine.io/"_ba << false;
}

void TestEngineHttp::handlerGetsWhatIsNotEngineIo()
{
    QFETCH(QByteArray, target);
    QFETCH(bool, handled);
    EngineRecorder recorder;
    QByteArray seen;
    recorder.server->setHttpHandler([&](const HttpRequest &request, const HttpResponder &respond) {
        seen = request.method + ' ' + request.target;
        QCOMPARE(QThread::currentThread(), thread());
        respond({201, "text/x-test", {{"X-More", "1"}, {"X-Bad", "a\r\nb: c"}}, "made", false});
    });
    const auto reply = HttpPeer(recorder.port()).get(target);
    QCOMPARE(reply.status == 201, handled);
    QCOMPARE(seen, handled ? "GET " + target : QByteArray());
    if (handled) {
        QCOMPARE(reply.body, "made");
        QCOMPARE(reply.header("Content-Type"), "text/x-test");
        QCOMPARE(reply.header("X-More"), "1");
        QCOMPARE(reply.header("X-Bad"), QByteArray());
        QVERIFY(reply.header("Date").endsWith(" GMT"));
    }
}

void TestEngineHttp::answersMayComeLateOnceOrToNobody()
{
    EngineRecorder recorder;
    QList<HttpResponder> responders;
    recorder.server->setHttpHandler(
        [&](const HttpRequest &, HttpResponder respond) { responders << respond; });
    HttpPeer patient(recorder.port());
    patient.request("GET", "/");
    QTRY_COMPARE(responders.size(), 1);
    HttpPeer gone(recorder.port());
    gone.request("GET", "/");
    QTRY_COMPARE(responders.size(), 2);
    gone.abort();
    responders[1]({});
    responders[0]({200, "text/plain", {}, "first", false});
    responders[0]({200, "text/plain", {}, "second", false});
    const auto reply = patient.reply();
    QVERIFY(reply);
    QCOMPARE(reply->body, "first");
    patient.request("GET", "/");
    QTRY_COMPARE(responders.size(), 3);
    responders[2]({200, "text/plain", {}, "third", false});
    const auto next = patient.reply();
    QVERIFY(next);
    QCOMPARE(next->body, "third");
    patient.request("GET", "/");
    QTRY_COMPARE(responders.size(), 4);
    recorder.server.reset();
    responders[3]({}); // the server is gone
}

void TestEngineHttp::connectionsAreKept()
{
    EngineRecorder recorder;
    HttpPeer peer(recorder.port());
    for (int i = 0; i < 3; ++i) {
        const auto reply = peer.get("/");
        QCOMPARE(reply.status, 404);
        QCOMPARE(reply.header("Connection"), "keep-alive");
    }
    QCOMPARE(recorder.server->counters().connectionsOpened, 1u);
    QCOMPARE(peer.get("/", "Connection: close\r\n").header("Connection"), "close");
    QVERIFY(peer.waitForClose());
    HttpPeer old(recorder.port());
    old.send("GET / HTTP/1.0\r\n\r\n");
    QCOMPARE(old.reply().value_or(HttpPeer::Reply{}).header("Connection"), "close");
    QVERIFY(old.waitForClose());
}

void TestEngineHttp::pipelinedRequestsAreAnsweredInOrder()
{
    EngineRecorder recorder;
    recorder.server->setHttpHandler([&](const HttpRequest &request, const HttpResponder &respond) {
        respond({200, "text/plain", {}, request.path + request.body, false});
    });
    QByteArray bytes;
    for (int i = 0; i < 50; ++i)
        bytes +=
            "POST /" + QByteArray::number(i) + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\nabc";
    HttpPeer peer(recorder.port());
    peer.send(bytes);
    for (int i = 0; i < 50; ++i) {
        const auto reply = peer.reply();
        QVERIFY(reply);
        QCOMPARE(reply->body, "/" + QByteArray::number(i) + "abc");
    }
}

void TestEngineHttp::answersWaitForAReader()
{
    constexpr int requests = 400;
    EngineRecorder recorder;
    int asked = 0;
    recorder.server->setHttpHandler([&](const HttpRequest &request, const HttpResponder &respond) {
        asked += request.path == "/big";
        respond({200, "text/plain", {}, QByteArray(request.path == "/big" ? 256 * 1024 : 1, 'x'), false});
    });
    QTcpSocket peer;
    peer.setReadBufferSize(1);
    peer.connectToHost(QHostAddress::LocalHost, recorder.port());
    QVERIFY(peer.waitForConnected());
    peer.write(QByteArray("GET /big HTTP/1.1\r\nHost: localhost\r\n\r\n").repeated(requests));
    QTRY_VERIFY(asked > 0);
    int before = -1;
    // Somebody else's round trips pass until nothing more is asked for the peer that does not read.
    for (int quiet = 0; quiet < 20; quiet = asked == std::exchange(before, asked) ? quiet + 1 : 0)
        QCOMPARE(HttpPeer(recorder.port()).get("/").status, 200);
    QVERIFY2(asked < requests / 2, qPrintable(QString::number(asked)));
    qint64 read = 0;
    peer.setReadBufferSize(0);
    QTRY_VERIFY_WITH_TIMEOUT((read += peer.readAll().size()) > qint64(requests) * 256 * 1024, 30'000);
    QCOMPARE(asked, requests);
}

void TestEngineHttp::headIsAnsweredWithoutABody()
{
    EngineRecorder recorder;
    HttpPeer peer(recorder.port());
    const auto head = peer.ask("HEAD", "/");
    QCOMPARE(head.status, 404);
    QCOMPARE(head.header("Content-Length"), "9");
    QCOMPARE(peer.get("/").status, 404); // nothing was left over
    const auto refused = peer.ask("HEAD", EngineRecorder::polling);
    QCOMPARE(refused.status, 400);
    QCOMPARE(peer.get("/").status, 404);
}

void TestEngineHttp::continueIsSaidWhenAsked()
{
    EngineRecorder recorder;
    const QByteArray poller = recorder.poller();
    HttpPeer peer(recorder.port());
    peer.send("POST " + poller
              + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 6\r\nExpect: 100-continue\r\n\r\n");
    QCOMPARE(peer.reply().value_or(HttpPeer::Reply{}).status, 100);
    peer.send("4hello");
    QCOMPARE(peer.reply().value_or(HttpPeer::Reply{}).body, "ok");
    QVERIFY(recorder.waitForLog(2));
    QCOMPARE(recorder.log, (QByteArrayList{"opened polling", "text hello"}));
}

void TestEngineHttp::chunkedPostIsRead()
{
    EngineRecorder recorder;
    const QByteArray poller = recorder.poller();
    HttpPeer peer(recorder.port());
    peer.send("POST " + poller
              + " HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n4h\r\n");
    peer.send("4\r\nello\r\n0\r\n\r\n");
    QCOMPARE(peer.reply().value_or(HttpPeer::Reply{}).body, "ok");
    QVERIFY(recorder.waitForLog(2));
    QCOMPARE(recorder.log, (QByteArrayList{"opened polling", "text hello"}));
}

void TestEngineHttp::badRequests_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status");
    const QByteArray get = "GET / HTTP/1.1\r\nHost: localhost\r\n"_ba;
    const QByteArray post = "POST / HTTP/1.1\r\nHost: localhost\r\n"_ba;
    QTest::newRow("two lengths") << post + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nxx" << 400;
    QTest::newRow("length and chunks")
        << post + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
        << 400;
    QTest::newRow("folded line") << get + "X: a\r\n b\r\n\r\n" << 400;
    QTest::newRow("NUL") << get + "X: \0\r\n\r\n"_ba << 400;
    QTest::newRow("bad chunk") << post + "Transfer-Encoding: chunked\r\n\r\nzz\r\n" << 400;
    QTest::newRow("HTTP/0.9") << "GET /\r\n\r\n"_ba << 400;
    QTest::newRow("HTTP/2 preface") << "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"_ba << 505;
    QTest::newRow("TLS hello") << "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"_ba << 400;
    QTest::newRow("CONNECT") << "CONNECT x:1 HTTP/1.1\r\nHost: localhost\r\n\r\n"_ba << 400;
    QTest::newRow("TRACE") << "TRACE / HTTP/1.1\r\nHost: localhost\r\n\r\n"_ba << 405;
    QTest::newRow("one long header") << get + "X: " + QByteArray(1'000'000, 'x') << 431;
    QTest::newRow("many headers") << get + "X: y\r\n"_ba.repeated(2000) + "\r\n" << 431;
    QTest::newRow("64 KB of spaces in a list") << FramePeer::upgradeRequest(
        EngineRecorder::webSocket, "Sec-WebSocket-Protocol: " + QByteArray(65'536, ' ') + "x\r\n")
                                               << 431;
    QTest::newRow("large body") << post + "Content-Length: 1000001\r\n\r\n" << 413;
    QTest::newRow("endless chunks") << post + "Transfer-Encoding: chunked\r\n\r\n"
                                           + ("ffff\r\n" + QByteArray(65'535, 'x') + "\r\n").repeated(20)
                                    << 413;
    const auto upgrade = [](const QByteArray &from, const QByteArray &to) {
        return FramePeer::upgradeRequest(EngineRecorder::webSocket).replace(from, to);
    };
    QTest::newRow("WebSocket version 8") << upgrade("Version: 13", "Version: 8") << 426;
    QTest::newRow("WebSocket without a key") << upgrade("Sec-WebSocket-Key:", "X:") << 400;
    QTest::newRow("WebSocket with a short key") << upgrade("dGhlIHNhbXBsZSBub25jZQ==", "dGhl") << 400;
}

void TestEngineHttp::badRequests()
{
    QFETCH(QByteArray, bytes);
    EngineRecorder recorder;
    HttpPeer peer(recorder.port());
    peer.send(bytes);
    const auto reply = peer.reply();
    QVERIFY(reply);
    QTEST(reply->status, "status");
    QCOMPARE(reply->header("Connection"), "close");
    QVERIFY(peer.waitForClose());
    QVERIFY(recorder.log.isEmpty());
    QCOMPARE(HttpPeer(recorder.port()).get("/").status, 404);
}

void TestEngineHttp::largeBodyIsRefusedAndTheSessionStays_data()
{
    QTest::addColumn<bool>("chunked");
    QTest::newRow("length") << false;
    QTest::newRow("chunks") << true;
}

void TestEngineHttp::largeBodyIsRefusedAndTheSessionStays()
{
    QFETCH(bool, chunked);
    ServerOptions options;
    options.maxHttpBufferSize = 1000;
    EngineRecorder recorder(options);
    recorder.echoes = true;
    const QByteArray poller = recorder.poller();
    HttpPeer peer(recorder.port());
    if (chunked)
        peer.send("POST " + poller
                  + " HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n3e9\r\n"
                  + QByteArray(1001, '4'));
    else
        peer.request("POST", poller, QByteArray(1001, '4'));
    const auto reply = peer.reply();
    QVERIFY(reply);
    QCOMPARE(reply->status, 413);
    const QByteArray fits = "4" + QByteArray(999, 'x');
    QCOMPARE(HttpPeer(recorder.port()).post(poller, fits).body, "ok");
    QCOMPARE(HttpPeer(recorder.port()).get(poller).body, fits);
}

void TestEngineHttp::badSessionRequests_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("change");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    const QByteArray badRequest = R"({"code":3,"message":"Bad request"})";
    QTest::newRow("other method") << "PUT"_ba
                                  << "EIO=4"_ba << 500 << ""_ba;
    QTest::newRow("no EIO") << "GET"_ba
                            << "x=y"_ba << 400 << badRequest;
    QTest::newRow("EIO 3") << "GET"_ba
                           << "EIO=3"_ba << 400 << badRequest;
    QTest::newRow("EIO twice") << "GET"_ba
                               << "EIO=4&EIO=4"_ba << 400 << badRequest;
    QTest::newRow("POST without EIO") << "POST"_ba
                                      << "x=y"_ba << 400 << badRequest;
}

void TestEngineHttp::badSessionRequests()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, change);
    EngineRecorder recorder;
    const QByteArray poller = recorder.poller();
    const auto reply =
        HttpPeer(recorder.port()).ask(method, QByteArray(poller).replace("EIO=4", change), "4x");
    QTEST(reply.status, "status");
    QTEST(reply.body, "body");
    QCOMPARE(HttpPeer(recorder.port()).post(poller, "4still here").body, "ok");
    QCOMPARE(recorder.server->counters().requestsRefused, 1u);
}

void TestEngineHttp::octetStreamIsRefused()
{
    EngineRecorder recorder;
    for (int i = 0; i < 20; ++i) {
        const QByteArray poller = recorder.poller();
        const auto reply =
            HttpPeer(recorder.port()).ask("POST", poller, "4x", "Content-Type: application/octet-stream\r\n");
        QCOMPARE(reply.status, 400);
        QCOMPARE(reply.body, QByteArray());
        QCOMPARE(HttpPeer(recorder.port()).get(poller).status, 400);
    }
    QTRY_COMPARE(recorder.server->sessionCount(), 0);
}

void TestEngineHttp::overlappingPostsEndTheSession()
{
    EngineRecorder recorder;
    const QByteArray poller = recorder.poller();
    const auto session = recorder.opened();
    HttpPeer first(recorder.port());
    first.send("POST " + poller + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 6\r\n\r\n4he");
    QCOMPARE(HttpPeer(recorder.port()).get("/").status, 404);
    const auto second = HttpPeer(recorder.port()).post(poller, "4x");
    QCOMPARE(second.status, 400);
    QCOMPARE(second.body, QByteArray());
    QCOMPARE(recorder.closed(session), u"transport error: data request overlap from client"_s);
    first.send("llo");
    QCOMPARE(first.reply().value_or(HttpPeer::Reply{}).status, 400);
}

void TestEngineHttp::abandonedPostEndsTheSession()
{
    EngineRecorder recorder;
    const QByteArray poller = recorder.poller();
    const auto session = recorder.opened();
    HttpPeer peer(recorder.port());
    peer.send("POST " + poller + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 6\r\n\r\n4he");
    QCOMPARE(HttpPeer(recorder.port()).get("/").status, 404);
    peer.abort();
    QCOMPARE(recorder.closed(session), u"transport error: data request connection closed prematurely"_s);
}

/// DNS rebinding: a page whose owner let its name point here is of the same origin as this server, for the
/// browser.
void TestEngineHttp::namesOfOthersAreRefused_data()
{
    QTest::addColumn<QByteArray>("request");
    const QByteArray evil = "Host: rebound.example\r\nOrigin: http://rebound.example\r\n";
    const QByteArray silent = "Host: rebound.example\r\n"; // as browsers' GETs to the own origin are
    QTest::newRow("a page") << "GET / HTTP/1.1\r\n" + silent + "\r\n";
    QTest::newRow("a request") << "POST / HTTP/1.1\r\n" + evil + "Content-Length: 0\r\n\r\n";
    QTest::newRow("preflight") << "OPTIONS / HTTP/1.1\r\n" + evil + "\r\n";
    QTest::newRow("long-polling") << "GET " + EngineRecorder::polling + " HTTP/1.1\r\n" + silent + "\r\n";
    QTest::newRow("WebSocket")
        << FramePeer::upgradeRequest(EngineRecorder::webSocket).replace("Host: localhost\r\n", evil);
}

void TestEngineHttp::namesOfOthersAreRefused()
{
    QFETCH(QByteArray, request);
    EngineRecorder recorder;
    HttpPeer peer(recorder.port());
    peer.send(request);
    const auto reply = peer.reply();
    QVERIFY(reply);
    QCOMPARE(reply->status, 421);
    QVERIFY(reply->body.contains("--allow-host"));
    QCOMPARE(recorder.server->counters().requestsRefused, 1u);
    QCOMPARE(recorder.server->counters().sessionsOpened, 0u);

    ServerOptions options;
    options.allowedHosts = {u"rebound.example"_s};
    EngineRecorder allowing(options);
    HttpPeer guest(allowing.port());
    guest.send(request);
    const auto allowed = guest.reply();
    QVERIFY(allowed);
    QVERIFY(allowed->status != 421);
}

void TestEngineHttp::foreignPagesChangeNothing()
{
    EngineRecorder recorder;
    int asked = 0;
    recorder.server->setHttpHandler([&](const Hubbub::HttpRequest &, const Hubbub::HttpResponder &respond) {
        ++asked;
        respond({200, "text/plain", {}, "done", false});
    });
    const QByteArray foreign = "Origin: https://evil.example\r\n";
    for (const QByteArray method : {"POST", "PUT", "DELETE", "PATCH"})
        QCOMPARE(HttpPeer(recorder.port()).ask(method, "/guest/token", {}, foreign).status, 403);
    QCOMPARE(asked, 0);
    QCOMPARE(HttpPeer(recorder.port()).ask("GET", "/", {}, foreign).status, 200);
    QCOMPARE(HttpPeer(recorder.port()).ask("POST", "/guest/token").status, 200);
    QCOMPARE(asked, 2);
}

void TestEngineHttp::origins_data()
{
    QTest::addColumn<QByteArray>("origin");
    QTest::addColumn<bool>("allowed");
    QTest::addColumn<QByteArray>("allowOrigin");
    QTest::newRow("no origin") << QByteArray() << true << QByteArray();
    QTest::newRow("own") << "http://localhost"_ba << true << QByteArray();
    QTest::newRow("listed") << "https://chat.example"_ba << true << "https://chat.example"_ba;
    QTest::newRow("foreign") << "https://evil.example"_ba << false << QByteArray();
    QTest::newRow("lookalike") << "https://chat.example.evil.com"_ba << false << QByteArray();
    QTest::newRow("null") << "null"_ba << false << QByteArray();
    QTest::newRow("other port") << "http://localhost:81"_ba << false << QByteArray();
    QTest::newRow("backtick") << "http://localhost`"_ba << false << QByteArray();
}

void TestEngineHttp::origins()
{
    QFETCH(QByteArray, origin);
    QFETCH(bool, allowed);
    ServerOptions options;
    options.allowedOrigins = {u"https://chat.example"_s};
    EngineRecorder recorder(options);
    const QByteArray header = origin.isNull() ? QByteArray() : "Cookie: a=b\r\nOrigin: " + origin + "\r\n";
    const auto reply = HttpPeer(recorder.port()).get(EngineRecorder::polling, header);
    QCOMPARE(reply.status, allowed ? 200 : 403);
    if (!allowed)
        QCOMPARE(reply.body, R"({"code":4,"message":"Forbidden"})");
    QTEST(reply.header("Access-Control-Allow-Origin"), "allowOrigin");

    const QByteArray poller = recorder.poller();
    QCOMPARE(HttpPeer(recorder.port()).ask("POST", poller, "4x", header).status, allowed ? 200 : 403);
    FramePeer candidate(recorder.port());
    QCOMPARE(candidate.upgrade(EngineRecorder::webSocketFor(poller), header), allowed ? 101 : 400);
    FramePeer peer(recorder.port());
    QCOMPARE(peer.upgrade(EngineRecorder::webSocket, header), allowed ? 101 : 400);
}

void TestEngineHttp::preflight()
{
    ServerOptions options;
    options.allowedOrigins = {u"https://chat.example"_s};
    EngineRecorder recorder(options);
    const QByteArray asks = "Access-Control-Request-Method: POST\r\nAccess-Control-Request-Headers: x-a\r\n";
    HttpPeer peer(recorder.port());
    const auto allowed =
        peer.ask("OPTIONS", EngineRecorder::polling, {}, asks + "Origin: https://chat.example\r\n");
    QCOMPARE(allowed.status, 204);
    QCOMPARE(allowed.header("Content-Length"), "0");
    QCOMPARE(allowed.header("Access-Control-Allow-Origin"), "https://chat.example");
    QCOMPARE(allowed.header("Access-Control-Allow-Credentials"), "true");
    QCOMPARE(allowed.header("Access-Control-Allow-Headers"), "x-a");
    QVERIFY(allowed.header("Access-Control-Allow-Methods").contains("POST"));
    const auto foreign =
        peer.ask("OPTIONS", EngineRecorder::polling, {}, asks + "Origin: https://evil.example\r\n");
    QCOMPARE(foreign.status, 403);
    QCOMPARE(foreign.header("Access-Control-Allow-Origin"), QByteArray());
    QCOMPARE(peer.ask("OPTIONS", EngineRecorder::polling).status, 400);
}

void TestEngineHttp::dripsAreCutOff_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("nothing said") << QByteArray();
    QTest::newRow("head drips")
        << "GET / HTTP/1.1\r\nHost: localhost\r\nX: yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy"_ba;
    QTest::newRow("body drips")
        << "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10000\r\n\r\nxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"_ba;
    QTest::newRow("idle after an answer") << "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"_ba;
}

void TestEngineHttp::dripsAreCutOff()
{
    QFETCH(QByteArray, bytes);
    ServerOptions options;
    options.headerTimeout = 200ms;
    options.bodyTimeout = 200ms;
    EngineRecorder recorder(options);
    HttpPeer peer(recorder.port());
    // Byte by byte, without a pause that a limit on idleness would see; the last ones never come.
    qsizetype sent = 0;
    QTRY_VERIFY((sent < bytes.size() ? peer.send(bytes.mid(sent++, 1)) : void(), peer.isClosed()));
}

void TestEngineHttp::surplusConnectionsAreRefused()
{
    ServerOptions options;
    options.maxConnections = 2;
    EngineRecorder recorder(options);
    HttpPeer one(recorder.port());
    auto two = std::make_unique<HttpPeer>(recorder.port());
    QCOMPARE(one.get("/").status, 404);
    QCOMPARE(two->get("/").status, 404);
    HttpPeer three(recorder.port());
    const auto refused = three.reply();
    QVERIFY(refused);
    QCOMPARE(refused->status, 503);
    QVERIFY(three.waitForClose());
    QCOMPARE(one.get("/").status, 404);
    two.reset();
    // Not QTRY_COMPARE: it asks once more at the end, while the place it just got may still be taken.
    QVERIFY(QTest::qWaitFor([&] { return HttpPeer(recorder.port()).get("/").status == 404; }, 30'000));
}

void TestEngineHttp::tls()
{
    ServerOptions options;
    options.tls = testCertificate();
    options.workers = 2;
    EngineRecorder recorder(options);
    recorder.echoes = true;
    for (int i = 0; i < 2; ++i) {
        HttpPeer peer(recorder.port(), true);
        const auto opened = peer.get(EngineRecorder::polling);
        QCOMPARE(opened.status, 200);
        QVERIFY(recorder.infos.value(recorder.opened())->request.secure);
        const QByteArray poller =
            EngineRecorder::polling + "&sid=" + opened.body.mid(opened.body.indexOf("sid") + 6, 20);
        HttpPeer other(recorder.port(), true); // and another worker's turn
        QCOMPARE(other.post(poller, "4hello").body, "ok");
        QCOMPARE(peer.get(poller).body, "4hello");
        FramePeer webSocket(recorder.port(), true);
        QCOMPARE(webSocket.upgrade(EngineRecorder::webSocketFor(poller)), 101);
        webSocket.text("2probe");
        webSocket.text("5");
        QCOMPARE(webSocket.nextText(), "3probe");
        const QByteArray large(500'000, 'x');
        webSocket.text("4" + large);
        QCOMPARE(webSocket.nextText(), "4" + large);
    }
    HttpPeer closing(recorder.port(), true);
    QCOMPARE(closing.get("/", "Connection: close\r\n").status, 404);
    QVERIFY(closing.waitForClose());
}

void TestEngineHttp::plainTextOnTheTlsPort()
{
    ServerOptions options;
    options.tls = testCertificate();
    EngineRecorder recorder(options);
    HttpPeer peer(recorder.port());
    peer.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    QVERIFY(peer.waitForClose());
    QCOMPARE(HttpPeer(recorder.port(), true).get("/").status, 404);
}

QTEST_GUILESS_MAIN(TestEngineHttp)
#include "tst_enginehttp.moc"
