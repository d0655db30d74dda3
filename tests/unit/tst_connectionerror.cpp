// SPDX-License-Identifier: MIT
#include "tests/support/enginerecorder.h"

#include <QtCore/QRegularExpression>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using EngineIo::ConnectionError;
using EngineIo::ServerOptions;
using Hubbub::HttpHeaders;
using Hubbub::HttpRequest;

/// What a program may say about requests, and hears of those that were refused.
class TestConnectionError : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void refusedRequestsAreTold_data();
    void refusedRequestsAreTold();
    void mismatchesOfASession();
    void refusedUpgradesAreTold();
    void aProgramMayRefuse_data();
    void aProgramMayRefuse();
    void cookieOfTheFirstAnswer();
    void headersMayBeAdded();
    void thePathWithoutASlash();
};

namespace
{

/// The errors a server told of.
class Errors
{
public:
    explicit Errors(EngineRecorder &recorder)
    {
        QObject::connect(recorder.server.get(), &EngineIo::Server::connectionError, recorder.server.get(),
                         [this](const ConnectionError &error) { told += error; });
    }
    /// The next one, waited for.
    std::optional<ConnectionError> next()
    {
        if (!QTest::qWaitFor([this] { return !told.isEmpty(); }, int(HttpPeer::patience.count())))
            return {};
        return told.takeFirst();
    }
    QList<ConnectionError> told;
};

} // namespace

void TestConnectionError::refusedRequestsAreTold_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("message");
    QTest::addColumn<QCborMap>("context");
    const QByteArray path = "/engine.io/?";
    QTest::newRow("no transport") << "GET"_ba << path + "EIO=4" << 0 << u"Transport unknown"_s
                                  << QCborMap{{u"transport"_s, u""_s}};
    QTest::newRow("a transport of a prototype")
        << "GET"_ba << path + "EIO=4&transport=constructor" << 0 << u"Transport unknown"_s
        << QCborMap{{u"transport"_s, u"constructor"_s}};
    QTest::newRow("unknown session") << "GET"_ba << path + "EIO=4&transport=polling&sid=abc" << 1
                                     << u"Session ID unknown"_s << QCborMap{{u"sid"_s, u"abc"_s}};
    QTest::newRow("handshake by PUT") << "PUT"_ba << path + "EIO=4&transport=polling" << 2
                                      << u"Bad handshake method"_s << QCborMap{{u"method"_s, u"PUT"_s}};
    QTest::newRow("WebSocket without an upgrade")
        << "GET"_ba << path + "EIO=4&transport=websocket" << 3 << u"Bad request"_s
        << QCborMap{{u"name"_s, u"TRANSPORT_HANDSHAKE_ERROR"_s}};
    QTest::newRow("protocol 3") << "GET"_ba << path + "EIO=3&transport=polling" << 5
                                << u"Unsupported protocol version"_s << QCborMap{{u"protocol"_s, 3}};
}

void TestConnectionError::refusedRequestsAreTold()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, target);
    EngineRecorder recorder;
    Errors errors(recorder);
    QCOMPARE(HttpPeer(recorder.port()).ask(method, target).status, 400);
    const auto error = errors.next();
    QVERIFY(error);
    QTEST(error->code, "code");
    QTEST(error->message, "message");
    QTEST(error->context, "context");
    QCOMPARE(error->request.target, target);
}

void TestConnectionError::mismatchesOfASession()
{
    EngineRecorder recorder;
    Errors errors(recorder);
    const QByteArray poller = recorder.poller();
    HttpPeer peer(recorder.port());
    QCOMPARE(peer.get(QByteArray(poller).replace("EIO=4", "EIO=3")).status, 400);
    auto error = errors.next();
    QVERIFY(error);
    QCOMPARE(error->context,
             (QCborMap{{u"protocol"_s, 3}, {u"previousProtocol"_s, 4}, {u"name"_s, u"PROTOCOL_MISMATCH"_s}}));
    QCOMPARE(peer.get(EngineRecorder::webSocketFor(poller)).status, 400);
    error = errors.next();
    QVERIFY(error);
    QCOMPARE(error->context[u"name"_s].toString(), u"TRANSPORT_MISMATCH"_s);
    QCOMPARE(error->context[u"previousTransport"_s].toString(), u"polling"_s);
}

void TestConnectionError::refusedUpgradesAreTold()
{
    EngineRecorder recorder;
    Errors errors(recorder);
    QCOMPARE(FramePeer(recorder.port()).upgrade("/engine.io/?EIO=4&transport=websocket&sid=abc"), 400);
    const auto error = errors.next();
    QVERIFY(error);
    QCOMPARE(error->code, 1);
}

void TestConnectionError::aProgramMayRefuse_data()
{
    QTest::addColumn<QString>("reason");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("with words") << u"not \"you\""_s << R"({"code":4,"message":"not \"you\""})"_ba;
    QTest::newRow("without") << u""_s << R"({"code":4,"message":"Forbidden"})"_ba;
}

void TestConnectionError::aProgramMayRefuse()
{
    QFETCH(QString, reason);
    ServerOptions options;
    options.allowRequest = [reason](const HttpRequest &request) {
        return request.header("X-Key") == "sesame" ? std::nullopt : std::optional(reason);
    };
    EngineRecorder recorder(options);
    Errors errors(recorder);
    HttpPeer peer(recorder.port());
    const auto refused = peer.get(EngineRecorder::polling);
    QCOMPARE(refused.status, 403);
    QTEST(refused.body, "body");
    auto error = errors.next();
    QVERIFY(error);
    QCOMPARE(error->code, 4);
    QCOMPARE(error->message, u"Forbidden"_s);
    QCOMPARE(error->context[u"message"_s].toString(), reason.isEmpty() ? u"Forbidden"_s : reason);
    QCOMPARE(FramePeer(recorder.port()).upgrade(EngineRecorder::webSocket), 400);
    QVERIFY(errors.next());
    QCOMPARE(FramePeer(recorder.port()).upgrade(EngineRecorder::webSocket, "X-Key: sesame\r\n"), 101);
    // Only handshakes are asked about.
    const auto open = peer.get(EngineRecorder::polling, "X-Key: sesame\r\n");
    QCOMPARE(open.status, 200);
    const QByteArray sid = open.body.mid(open.body.indexOf("\"sid\":\"") + 7, 20);
    QCOMPARE(peer.post(EngineRecorder::polling + "&sid=" + sid, "4x").status, 200);
}

void TestConnectionError::cookieOfTheFirstAnswer()
{
    ServerOptions options;
    options.cookie.emplace();
    options.cookie->maxAge = 60s;
    EngineRecorder recorder(options);
    HttpPeer peer(recorder.port());
    const auto open = peer.get(EngineRecorder::polling);
    const QByteArray sid = open.body.mid(open.body.indexOf("\"sid\":\"") + 7, 20);
    QCOMPARE(open.header("Set-Cookie"), "io=" + sid + "; Max-Age=60; Path=/; HttpOnly; SameSite=Lax");
    QCOMPARE(peer.post(EngineRecorder::polling + "&sid=" + sid, "4x").header("Set-Cookie"), QByteArray());
}

void TestConnectionError::headersMayBeAdded()
{
    ServerOptions options;
    options.initialHeaders = [](HttpHeaders &headers, const HttpRequest &) {
        headers.emplaceBack("X-First", "1");
    };
    options.headers = [](HttpHeaders &headers, const HttpRequest &request) {
        headers.emplaceBack("X-Method", request.method);
    };
    EngineRecorder recorder(options);
    HttpPeer peer(recorder.port());
    const auto open = peer.get(EngineRecorder::polling);
    QCOMPARE(open.header("X-First"), "1"_ba);
    QCOMPARE(open.header("X-Method"), "GET"_ba);
    const QByteArray sid = open.body.mid(open.body.indexOf("\"sid\":\"") + 7, 20);
    const auto posted = peer.post(EngineRecorder::polling + "&sid=" + sid, "4x");
    QCOMPARE(posted.header("X-First"), QByteArray());
    QCOMPARE(posted.header("X-Method"), "POST"_ba);
}

void TestConnectionError::thePathWithoutASlash()
{
    const QByteArray target = "/engine.io?EIO=4&transport=polling";
    EngineRecorder strict;
    QCOMPARE(HttpPeer(strict.port()).get(target).status, 404);
    ServerOptions options;
    options.addTrailingSlash = false;
    EngineRecorder recorder(options);
    QCOMPARE(HttpPeer(recorder.port()).get(target).status, 200);
    QCOMPARE(HttpPeer(recorder.port()).get("/engine.iox?EIO=4&transport=polling").status, 404);
}

QTEST_GUILESS_MAIN(TestConnectionError)
#include "tst_connectionerror.moc"
