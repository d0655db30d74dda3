// SPDX-License-Identifier: MIT
#include "server-lite/net/httpparser.h"

#include <QtTest/QTest>

using namespace Qt::StringLiterals;
using Hubbub::HttpLimits;
using Hubbub::HttpParser;
using State = Hubbub::HttpParser::State;

/// What the parser takes and what it refuses; every row in one piece and byte by byte.
class TestHttpParser : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void taken_data();
    void taken();
    void refused_data();
    void refused();
    void headIsSeenBeforeTheBody();
    void pipelinedRequestsStayApart();
    void targets_data();
    void targets();

private:
    static HttpLimits limits()
    {
        HttpLimits limits;
        limits.headBytes = 1024;
        limits.headerFields = 10;
        limits.bodyBytes = 100;
        return limits;
    }
    /// Feeds as a connection does: what was not consumed comes again, with more.
    static qsizetype feedAll(HttpParser &parser, const QByteArray &bytes, qsizetype step);
};

qsizetype TestHttpParser::feedAll(HttpParser &parser, const QByteArray &bytes, qsizetype step)
{
    qsizetype used = 0;
    for (qsizetype end = step;; end += step) {
        end = std::min(end, bytes.size());
        qsizetype taken = 0;
        do {
            taken = parser.feed(QByteArrayView(bytes).sliced(used, end - used));
            used += taken;
        } while (taken > 0 && used < end && parser.state() != State::Complete
                 && parser.state() != State::Failed);
        if (end == bytes.size() || parser.state() == State::Complete || parser.state() == State::Failed)
            return used;
    }
}

namespace
{

void addSteps(const char *name, const QByteArray &bytes, const QVariant &one, const QVariant &two)
{
    for (const int step : {1, 7, 100'000}) {
        const QByteArray row = QByteArray(name) + " by " + QByteArray::number(step);
        auto &data = QTest::newRow(row.constData()) << bytes << step;
        if (one.typeId() == QMetaType::Int)
            data << one.toInt();
        else
            data << one.toByteArray() << two.toByteArray();
    }
}

const QByteArray host = "Host: x\r\n"_ba;

} // namespace

void TestHttpParser::taken_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("step");
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("body");
    addSteps("GET", "GET / HTTP/1.1\r\n" + host + "\r\n", "GET"_ba, ""_ba);
    addSteps("HTTP/1.0 without Host", "GET / HTTP/1.0\r\n\r\n", "GET"_ba, ""_ba);
    addSteps("POST", "POST / HTTP/1.1\r\n" + host + "Content-Length: 5\r\n\r\nhello", "POST"_ba, "hello"_ba);
    addSteps("empty POST", "POST / HTTP/1.1\r\n" + host + "Content-Length: 0\r\n\r\n", "POST"_ba, ""_ba);
    addSteps("chunks",
             "POST / HTTP/1.1\r\n" + host
                 + "Transfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2;x=y\r\nlo\r\n0\r\n\r\n",
             "POST"_ba, "hello"_ba);
    addSteps("trailers",
             "POST / HTTP/1.1\r\n" + host
                 + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nX: y\r\n\r\n",
             "POST"_ba, "hello"_ba);
    addSteps("GET with a body", "GET / HTTP/1.1\r\n" + host + "Content-Length: 2\r\n\r\nhi", "GET"_ba,
             "hi"_ba);
    addSteps("spaces around a value", "GET / HTTP/1.1\r\nHost: \t x \t\r\n\r\n", "GET"_ba, ""_ba);
    addSteps("empty value", "GET / HTTP/1.1\r\n" + host + "X:\r\n\r\n", "GET"_ba, ""_ba);
    addSteps("bytes above ASCII in a value", "GET / HTTP/1.1\r\n" + host + "X: \xc3\xa9\r\n\r\n", "GET"_ba,
             ""_ba);
    addSteps("body at the limit",
             "POST / HTTP/1.1\r\n" + host + "Content-Length: 100\r\n\r\n" + QByteArray(100, 'x'), "POST"_ba,
             QByteArray(100, 'x'));
}

void TestHttpParser::taken()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, step);
    HttpParser parser(limits());
    QCOMPARE(feedAll(parser, bytes, step), bytes.size());
    QCOMPARE(parser.failureText(), QByteArray());
    QCOMPARE(parser.state(), State::Complete);
    QTEST(parser.request().method, "method");
    QTEST(parser.request().body, "body");
    if (!parser.request().header("host").isNull())
        QCOMPARE(parser.request().header("host"), "x");
}

void TestHttpParser::refused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("step");
    QTest::addColumn<int>("status");
    const auto post = [](const QByteArray &headers, const QByteArray &body = {}) {
        return "POST / HTTP/1.1\r\n" + host + headers + "\r\n" + body;
    };
    addSteps("length and chunks", post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"),
             400, {});
    addSteps("chunks and length", post("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", "0\r\n\r\n"),
             400, {});
    addSteps("two lengths", post("Content-Length: 5\r\nContent-Length: 6\r\n", "hello"), 400, {});
    addSteps("the same length twice", post("Content-Length: 5\r\nContent-Length: 5\r\n", "hello"), 400, {});
    addSteps("a list of lengths", post("Content-Length: 5, 5\r\n", "hello"), 400, {});
    addSteps("+5", post("Content-Length: +5\r\n", "hello"), 400, {});
    addSteps("-5", post("Content-Length: -5\r\n", "hello"), 400, {});
    addSteps("0x5", post("Content-Length: 0x5\r\n", "hello"), 400, {});
    addSteps("no number", post("Content-Length: five\r\n", "hello"), 400, {});
    addSteps("2^64", post("Content-Length: 18446744073709551616\r\n", "hello"), 400, {});
    addSteps("gzip coding", post("Transfer-Encoding: gzip\r\n", "hello"), 400, {});
    addSteps("gzip and chunks", post("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n"), 400, {});
    addSteps("chunks twice",
             post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"), 400, {});
    addSteps("chunks twice in one", post("Transfer-Encoding: chunked, chunked\r\n", "0\r\n\r\n"), 400, {});
    addSteps("mangled chunked", post("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n"), 400, {});
    addSteps("bad chunk size", post("Transfer-Encoding: chunked\r\n", "zz\r\nhello\r\n0\r\n\r\n"), 400, {});
    addSteps("negative chunk size", post("Transfer-Encoding: chunked\r\n", "-1\r\nhello\r\n0\r\n\r\n"), 400,
             {});
    addSteps("chunk longer than said", post("Transfer-Encoding: chunked\r\n", "2\r\nhello\r\n0\r\n\r\n"), 400,
             {});
    addSteps("huge chunk size", post("Transfer-Encoding: chunked\r\n", "ffffffffffffffffff\r\nhello"), 400,
             {});
    addSteps("body too large", post("Content-Length: 101\r\n"), 413, {});
    addSteps("chunks too large", post("Transfer-Encoding: chunked\r\n", "65\r\n" + QByteArray(101, 'x')), 413,
             {});
    addSteps("folded line", post("X: a\r\n b\r\n"), 400, {});
    addSteps("folded line by tab", post("X: a\r\n\tb\r\n"), 400, {});
    addSteps("folded first line", "GET / HTTP/1.1\r\n Host: x\r\n\r\n", 400, {});
    addSteps("bare LF in the request line", "GET / HTTP/1.1\nHost: x\r\n\r\n", 505, {});
    addSteps("bare LF in a header", "GET / HTTP/1.1\r\nHost: x\nX: y\r\n\r\n", 400, {});
    addSteps("bare CR in a header", "GET / HTTP/1.1\r\nHost: x\rX: y\r\n\r\n", 400, {});
    addSteps("NUL in a value", "GET / HTTP/1.1\r\nHost: x\r\nX: a"_ba + '\0' + "b\r\n\r\n", 400, {});
    addSteps("NUL in a name", "GET / HTTP/1.1\r\nHost: x\r\nX"_ba + '\0' + "a: b\r\n\r\n", 400, {});
    addSteps("NUL in the target", "GET /"_ba + '\0' + " HTTP/1.1\r\nHost: x\r\n\r\n", 400, {});
    addSteps("space before the colon", "GET / HTTP/1.1\r\nHost : x\r\n\r\n", 400, {});
    addSteps("no colon", "GET / HTTP/1.1\r\nHost\r\n\r\n", 400, {});
    addSteps("empty name", "GET / HTTP/1.1\r\n: x\r\n\r\n", 400, {});
    addSteps("no Host", "GET / HTTP/1.1\r\n\r\n", 400, {});
    addSteps("two Hosts", "GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", 400, {});
    addSteps("HTTP/0.9", "GET /\r\n\r\n", 400, {});
    addSteps("HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505, {});
    addSteps("HTTP/1.2", "GET / HTTP/1.2\r\nHost: x\r\n\r\n", 505, {});
    addSteps("lower case protocol", "GET / http/1.1\r\nHost: x\r\n\r\n", 505, {});
    addSteps("two spaces", "GET  / HTTP/1.1\r\nHost: x\r\n\r\n", 400, {});
    addSteps("target without a slash", "GET x HTTP/1.1\r\nHost: x\r\n\r\n", 400, {});
    addSteps("TLS hello", QByteArray::fromHex("160301020001fc030385aa") + QByteArray(64, 'x') + "\r\n\r\n",
             400, {});
    addSteps("long head", "GET / HTTP/1.1\r\nHost: x\r\nX: " + QByteArray(2000, 'x') + "\r\n\r\n", 431, {});
    addSteps("long target", "GET /" + QByteArray(2000, 'x') + " HTTP/1.1\r\nHost: x\r\n\r\n", 431, {});
    QByteArray many;
    for (int i = 0; i < 11; ++i)
        many += "X: y\r\n";
    addSteps("many headers", "GET / HTTP/1.1\r\n" + many + "\r\n", 431, {});
}

void TestHttpParser::refused()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, step);
    HttpParser parser(limits());
    feedAll(parser, bytes, step);
    // The head is looked at before the body: what is wrong with the body shows when feeding goes on.
    QCOMPARE(parser.state(), State::Failed);
    QTEST(parser.failureStatus(), "status");
    QVERIFY(!parser.failureText().isEmpty());
    QCOMPARE(parser.feed("GET / HTTP/1.1\r\nHost: x\r\n\r\n"), 0);
}

void TestHttpParser::headIsSeenBeforeTheBody()
{
    HttpParser parser(limits());
    const QByteArray head =
        "POST /a?b=c HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n";
    QCOMPARE(parser.feed(head + "hi"), head.size());
    QCOMPARE(parser.state(), State::Body);
    QVERIFY(parser.expectsContinue());
    QCOMPARE(parser.request().path, "/a");
    QCOMPARE(parser.feed("hi"), 2);
    QCOMPARE(parser.state(), State::Complete);
    QVERIFY(parser.request().keepAlive);
}

void TestHttpParser::pipelinedRequestsStayApart()
{
    HttpParser parser(limits());
    const QByteArray first = "POST /1 HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi";
    const QByteArray second = "GET /2 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    QCOMPARE(feedAll(parser, first + second, 100'000), first.size());
    QCOMPARE(parser.takeRequest().body, "hi");
    parser.reset();
    QCOMPARE(feedAll(parser, second, 100'000), second.size());
    QCOMPARE(parser.request().path, "/2");
    QVERIFY(!parser.request().keepAlive);
}

void TestHttpParser::targets_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QString>("a");
    QTest::newRow("plain") << "/x/y?a=1&b=2"_ba
                           << "/x/y"_ba << u"1"_s;
    QTest::newRow("no query") << "/x"_ba
                              << "/x"_ba << QString();
    QTest::newRow("encoded value") << "/x?a=%2Fb%26"_ba
                                   << "/x"_ba << u"/b&"_s;
    QTest::newRow("absolute") << "http://h:1/x?a=1"_ba
                              << "/x"_ba << u"1"_s;
    QTest::newRow("absolute without a path") << "http://h"_ba
                                             << "/"_ba << QString();
    QTest::newRow("star") << "*"_ba
                          << "*"_ba << QString();
}

void TestHttpParser::targets()
{
    QFETCH(QByteArray, target);
    HttpParser parser(limits());
    feedAll(parser, "GET " + target + " HTTP/1.1\r\nHost: x\r\n\r\n", 100'000);
    QCOMPARE(parser.state(), State::Complete);
    QTEST(parser.request().path, "path");
    QTEST(parser.request().query.queryItemValue(u"a"_s, QUrl::FullyDecoded), "a");
}

QTEST_GUILESS_MAIN(TestHttpParser)
#include "tst_httpparser.moc"
