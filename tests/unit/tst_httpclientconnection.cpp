// SPDX-License-Identifier: MIT
// One HTTP connection of the client, against servers that say every byte of their own.
#include "libclient/transport/httpclientconnection.h"
#include "tests/support/httpscript.h"

#include <QtCore/QDeadlineTimer>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

#include <linux/sockios.h>
#include <sys/ioctl.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using EngineIo::HttpAnswerParser;
using EngineIo::HttpClientConnection;
using EngineIo::RequestFailure;

namespace
{

const auto ok = &HttpScript::ok;

/// What became of one request.
struct Outcome {
    explicit Outcome(HttpClientConnection &connection)
    {
        QObject::connect(&connection, &HttpClientConnection::bodyReceived, &context,
                         [this](const QByteArray &bytes) { body += bytes; });
        QObject::connect(&connection, &HttpClientConnection::answered, &context, [this] { ++answers; });
        QObject::connect(&connection, &HttpClientConnection::failed, &context,
                         [this](const RequestFailure &failure) { failures += failure; });
    }
    bool isOver() const { return answers + failures.size() > 0; }

    QObject context;
    QByteArray body;
    int answers = 0;
    QList<RequestFailure> failures;
};

} // namespace

class tst_httpclientconnection : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void answers_data();
    void answers();
    void answersInPieces_data() { answers_data(); }
    void answersInPieces();
    void saysWhatItIsAsked();
    void usesAConnectionAgain_data();
    void usesAConnectionAgain();
    void aRequestSurvivesWhatARestingConnectionSays();
    void aConnectionThatRestedTooLongIsLeft();
    void silenceEnds_data();
    void silenceEnds();
    void aRefusalWithoutEndIsCut();
    void destroyedInItsSignals_data();
    void destroyedInItsSignals();
};

void tst_httpclientconnection::answers_data()
{
    using Kind = RequestFailure::Kind;
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<bool>("hangsUp"); ///< behind it
    QTest::addColumn<QByteArray>("body"); ///< what is read of it
    QTest::addColumn<std::optional<RequestFailure::Kind>>("failure");
    const std::optional<Kind> none;
    const auto bad = [](Kind kind) { return std::optional(kind); };
    const QByteArray head = "HTTP/1.1 200 OK\r\n";

    QTest::newRow("with a length") << ok("hello") << false << QByteArray("hello") << none;
    QTest::newRow("with a length, then closed") << ok("hello") << true << QByteArray("hello") << none;
    QTest::newRow("empty") << ok("") << false << QByteArray() << none;
    QTest::newRow("chunked")
        << head + "Transfer-Encoding: chunked\r\n\r\n3;x=y\r\nhel\r\n2\r\nlo\r\n0\r\nTrailer: t\r\n\r\n"
        << false << QByteArray("hello") << none;
    QTest::newRow("until it is closed") << head + "\r\nhello" << true << QByteArray("hello") << none;
    QTest::newRow("of HTTP/1.0") << QByteArray("HTTP/1.0 200 OK\r\n\r\nhello") << true << QByteArray("hello")
                                 << none;
    QTest::newRow("after interim answers")
        << "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + ok("hello") << false
        << QByteArray("hello") << none;

    QTest::newRow("closed at once") << QByteArray() << true << QByteArray() << bad(Kind::Connection);
    QTest::newRow("closed within the head")
        << QByteArray("HTTP/1.1 200") << true << QByteArray() << bad(Kind::Connection);
    QTest::newRow("closed within the body")
        << head + "Content-Length: 9\r\n\r\nhello" << true << QByteArray("hello") << bad(Kind::Connection);
    QTest::newRow("closed within a chunk") << head + "Transfer-Encoding: chunked\r\n\r\n5\r\nhel" << true
                                           << QByteArray("hel") << bad(Kind::Connection);
    QTest::newRow("bytes behind it") << ok("hello") + "x" << false << QByteArray("hello")
                                     << bad(Kind::Malformed);
    QTest::newRow("not HTTP") << QByteArray("SSH-2.0-x\r\n\r\n") << false << QByteArray()
                              << bad(Kind::Malformed);
    QTest::newRow("HTTP of the future")
        << QByteArray("HTTP/3.0 200 OK\r\n\r\n") << false << QByteArray() << bad(Kind::Malformed);
    QTest::newRow("two lengths") << head + "Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello" << false
                                 << QByteArray("hello") << bad(Kind::Malformed);
    QTest::newRow("length and chunks")
        << head + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
        << false << QByteArray() << bad(Kind::Malformed);
    QTest::newRow("negative length") << head + "Content-Length: -5\r\n\r\nhello" << false << QByteArray()
                                     << bad(Kind::Malformed);
    QTest::newRow("no chunk size") << head + "Transfer-Encoding: chunked\r\n\r\nhello\r\n"
                                   << false << QByteArray() << bad(Kind::Malformed);
    QTest::newRow("compressed") << head + "Content-Encoding: gzip\r\nContent-Length: 5\r\n\r\nhello" << false
                                << QByteArray("hello") << bad(Kind::Malformed);
    QTest::newRow("a header without end")
        << head + "X: " + QByteArray(HttpAnswerParser::maxHeadBytes + 1, 'x') << false << QByteArray()
        << bad(Kind::Malformed);
    QTest::newRow("headers without end") << head + QByteArray("X: y\r\n").repeated(200) + "\r\n"
                                         << false << QByteArray() << bad(Kind::Malformed);
    QTest::newRow("a chunk size without end")
        << head + "Transfer-Encoding: chunked\r\n\r\n1;" + QByteArray(80'000, 'x') << false << QByteArray()
        << bad(Kind::Malformed);
    QTest::newRow("404") << QByteArray("HTTP/1.1 404 No\r\nContent-Length: 2\r\n\r\nno") << false
                         << QByteArray() << bad(Kind::Answer);
    QTest::newRow("204") << QByteArray("HTTP/1.1 204 No\r\n\r\n") << false << QByteArray()
                         << bad(Kind::Answer);
    QTest::newRow("101") << QByteArray("HTTP/1.1 101 Yes\r\nUpgrade: x\r\n\r\n") << false << QByteArray()
                         << bad(Kind::Answer);
    QTest::newRow("302") << QByteArray("HTTP/1.1 302 There\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n")
                         << false << QByteArray() << bad(Kind::Answer);
}

void tst_httpclientconnection::answers()
{
    QFETCH(QByteArray, answer);
    QFETCH(bool, hangsUp);
    QFETCH(QByteArray, body);
    QFETCH(std::optional<RequestFailure::Kind>, failure);
    HttpScript server;
    int asked = 0;
    server.onAsked = [&](QTcpSocket *peer, const QByteArray &, const QByteArray &) {
        ++asked;
        peer->write(answer);
        if (hangsUp)
            peer->disconnectFromHost();
    };
    HttpClientConnection connection({});
    const Outcome outcome(connection);
    connection.ask("GET", QNetworkRequest(server.url()), {}, 0ms);
    QTRY_VERIFY(outcome.isOver());
    QCOMPARE(asked, 1);
    if (failure) {
        QCOMPARE(outcome.failures.size(), 1);
        QCOMPARE(outcome.failures.constFirst().kind, *failure);
    } else {
        QCOMPARE(outcome.answers, 1);
        QCOMPARE(outcome.body, body);
    }
    QVERIFY(!connection.isBusy());
}

/// Byte by byte, as far as the parser is concerned.
void tst_httpclientconnection::answersInPieces()
{
    QFETCH(QByteArray, answer);
    QFETCH(bool, hangsUp);
    QFETCH(QByteArray, body);
    QFETCH(std::optional<RequestFailure::Kind>, failure);
    HttpAnswerParser parser;
    QByteArray read;
    for (const char byte : std::as_const(answer)) {
        parser.feed(QByteArrayView(&byte, 1));
        read += parser.takeBody();
        if (parser.state() == HttpAnswerParser::State::Failed)
            break;
        if (parser.state() == HttpAnswerParser::State::Complete) {
            hangsUp = false;
            if (!failure)
                break;
        }
    }
    if (hangsUp)
        parser.endOfInput();
    using Kind = RequestFailure::Kind;
    const bool good = !failure || failure == Kind::Answer;
    QCOMPARE(parser.state() == HttpAnswerParser::State::Complete, good);
    if (!failure)
        QCOMPARE(read, body);
    QCOMPARE(parser.problem().isEmpty(), good);
}

void tst_httpclientconnection::saysWhatItIsAsked()
{
    HttpScript server;
    QByteArray head;
    QByteArray posted;
    server.onRequest = [&](const QByteArray &line, const QByteArray &body) {
        head = line;
        posted = body;
        return ok("ok");
    };
    QUrl url = server.url();
    url.setPath(u"/eng ine/"_s);
    url.setQuery(u"a=%2B&b=c"_s);
    QNetworkRequest request(url);
    request.setRawHeader("X-Test", "yes");
    HttpClientConnection connection({});
    const Outcome outcome(connection);
    connection.ask("POST", request, "some\r\n\r\nbytes", 0ms);
    QTRY_COMPARE(outcome.answers, 1);
    QCOMPARE(posted, QByteArray("some\r\n\r\nbytes"));
    QVERIFY2(head.startsWith("POST /eng%20ine/?a=%2B&b=c HTTP/1.1\r\n"), head.constData());
    QVERIFY(head.contains("\r\nHost: 127.0.0.1:" + QByteArray::number(url.port())));
    QVERIFY(head.contains("\r\nX-Test: yes"));
    QVERIFY(head.contains("\r\nUser-Agent: Hubbub/"));
    QVERIFY(!head.contains("Cookie"));
}

void tst_httpclientconnection::usesAConnectionAgain_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<bool>("closes");
    QTest::addColumn<int>("connections"); ///< for two requests
    QTest::newRow("as usual") << QByteArray() << false << 1;
    QTest::newRow("the server allows a while") << QByteArray("Keep-Alive: timeout=5\r\n") << false << 1;
    QTest::newRow("too short a while") << QByteArray("Keep-Alive: timeout=1\r\n") << false << 2;
    QTest::newRow("the server does not want to") << QByteArray("Connection: close\r\n") << false << 2;
    QTest::newRow("the server closed it while it rested") << QByteArray() << true << 2;
}

void tst_httpclientconnection::usesAConnectionAgain()
{
    QFETCH(QByteArray, header);
    QFETCH(bool, closes);
    QFETCH(int, connections);
    HttpScript server;
    QPointer<QTcpSocket> last;
    server.onAsked = [&](QTcpSocket *peer, const QByteArray &, const QByteArray &) {
        last = peer;
        QByteArray answer = ok("hello");
        answer.replace("Content-Type: text/plain\r\n", header);
        peer->write(answer);
    };
    HttpClientConnection connection({});
    const Outcome outcome(connection);
    connection.ask("GET", QNetworkRequest(server.url()), {}, 0ms);
    QTRY_COMPARE(outcome.answers, 1);
    if (closes) {
        last->disconnectFromHost();
        QTRY_COMPARE(last->state(), QAbstractSocket::UnconnectedState);
    }
    connection.ask("GET", QNetworkRequest(server.url()), {}, 0ms);
    QTRY_COMPARE(outcome.answers, 2);
    QCOMPARE(outcome.failures.size(), 0);
    QCOMPARE(server.connections(), connections);
}

/// As a proxy does that says 408 before it closes: heard only when the next request looks at the connection.
void tst_httpclientconnection::aRequestSurvivesWhatARestingConnectionSays()
{
    HttpScript server;
    QPointer<QTcpSocket> last;
    QByteArrayList bodies;
    server.onAsked = [&](QTcpSocket *peer, const QByteArray &, const QByteArray &body) {
        last = peer;
        bodies += body;
        peer->write(ok("hello"));
    };
    HttpClientConnection connection({});
    const Outcome outcome(connection);
    connection.ask("POST", QNetworkRequest(server.url()), "one", 0ms);
    QTRY_COMPARE(outcome.answers, 1);
    last->write("x");
    last->flush();
    const QDeadlineTimer patience(5s);
    for (int unread = 1; unread > 0 && !patience.hasExpired();) // until the other end of it has the byte
        QCOMPARE(ioctl(int(last->socketDescriptor()), SIOCOUTQ, &unread), 0);
    connection.ask("POST", QNetworkRequest(server.url()), "two", 0ms);
    QTRY_COMPARE(outcome.answers, 2);
    QCOMPARE(bodies, (QByteArrayList{"one", "two"}));
    QCOMPARE(server.connections(), 2);
    QCOMPARE(outcome.failures.size(), 0);
}

/// The server may be closing it at the very moment a request leaves on it.
void tst_httpclientconnection::aConnectionThatRestedTooLongIsLeft()
{
    HttpScript server;
    server.onRequest = [](const QByteArray &, const QByteArray &) {
        QByteArray answer = ok("hello");
        answer.replace("Content-Type: text/plain", "Keep-Alive: timeout=2"); // a second for us
        return answer;
    };
    HttpClientConnection connection({});
    const Outcome outcome(connection);
    connection.ask("GET", QNetworkRequest(server.url()), {}, 0ms);
    QTRY_COMPARE(outcome.answers, 1);
    const QDeadlineTimer rested(1'100);
    QTRY_VERIFY(rested.hasExpired());
    connection.ask("GET", QNetworkRequest(server.url()), {}, 0ms);
    QTRY_COMPARE(outcome.answers, 2);
    QCOMPARE(server.connections(), 2);
}

void tst_httpclientconnection::silenceEnds_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<int>("status");
    QTest::newRow("nothing") << QByteArray() << 0;
    QTest::newRow("half a head") << QByteArray("HTTP/1.1 200 OK\r\nX") << 0;
    QTest::newRow("half a body") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx") << 200;
    QTest::newRow("half a refusal") << QByteArray("HTTP/1.1 403 No\r\nContent-Length: 9\r\n\r\nx") << 403;
}

void tst_httpclientconnection::silenceEnds()
{
    QFETCH(QByteArray, answer);
    QFETCH(int, status);
    HttpScript server;
    server.onRequest = [&](const QByteArray &, const QByteArray &) { return answer; };
    HttpClientConnection connection({});
    const Outcome outcome(connection);
    connection.ask("GET", QNetworkRequest(server.url()), {}, 2s);
    QTRY_COMPARE_WITH_TIMEOUT(outcome.failures.size(), 1, 30'000);
    QCOMPARE(outcome.failures.constFirst().kind, RequestFailure::Kind::Silence);
    QCOMPARE(outcome.failures.constFirst().status, status);
}

void tst_httpclientconnection::aRefusalWithoutEndIsCut()
{
    HttpScript server;
    server.onRequest = [](const QByteArray &, const QByteArray &) {
        return "HTTP/1.1 500 No\r\n\r\n" + QByteArray(10 * HttpClientConnection::maxRefusalBytes, 'x');
    };
    HttpClientConnection connection({});
    const Outcome outcome(connection);
    connection.ask("GET", QNetworkRequest(server.url()), {}, 0ms);
    QTRY_COMPARE(outcome.failures.size(), 1);
    QCOMPARE(outcome.failures.constFirst().status, 500);
}

void tst_httpclientconnection::destroyedInItsSignals_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<bool>("onBody");
    QTest::newRow("body") << ok("hello") << true;
    QTest::newRow("answered") << ok("hello") << false;
    QTest::newRow("failed by what it reads") << QByteArray("what?\r\n\r\n") << false;
    QTest::newRow("failed by silence") << QByteArray() << false;
}

void tst_httpclientconnection::destroyedInItsSignals()
{
    QFETCH(QByteArray, answer);
    QFETCH(bool, onBody);
    HttpScript server;
    server.onRequest = [&](const QByteArray &, const QByteArray &) { return answer; };
    auto connection = std::make_unique<HttpClientConnection>(EngineIo::TransportOptions());
    const auto end = [&] { connection.reset(); };
    if (onBody)
        connect(connection.get(), &HttpClientConnection::bodyReceived, this, end);
    else
        connect(connection.get(), &HttpClientConnection::answered, this, end);
    connect(connection.get(), &HttpClientConnection::failed, this, end);
    connection->ask("GET", QNetworkRequest(server.url()), {}, 300ms);
    QTRY_VERIFY(!connection);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
}

QTEST_GUILESS_MAIN(tst_httpclientconnection)
#include "tst_httpclientconnection.moc"
