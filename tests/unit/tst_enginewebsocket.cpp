// SPDX-License-Identifier: MIT
#include "tests/support/enginerecorder.h"
#include "tests/support/testcertificate.h"

#include <QtCore/QRegularExpression>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using EngineIo::ServerOptions;

namespace
{
QByteArray frame(int first, const QByteArray &payload, bool masked = true)
{
    return FramePeer::frame(first, payload, masked);
}
} // namespace

/// What the WebSocket of a session does with frames as RFC 6455 has them, and with others.
class TestEngineWebSocket : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void lawfulFrames_data();
    void lawfulFrames();
    void unlawfulFrames_data();
    void unlawfulFrames();
    void framesOverTls_data();
    void framesOverTls();
    void oversize_data();
    void oversize();
    void anyCutIsTheSame_data();
    void anyCutIsTheSame();
    void frameBehindTheUpgradeIsHeard_data();
    void frameBehindTheUpgradeIsHeard();
    void brokenFrameBehindTheUpgradeEndsIt();
    void pingsAreAnswered();
    void closeIsAnswered_data();
    void closeIsAnswered();
    void nothingIsHeardBehindAClose();
    void whoDoesNotEndAfterACloseIsCut();
    void floodsOfFramesEndIt_data();
    void floodsOfFramesEndIt();
    void floodOfPingsIsCutOff();
    void browsersMayUpgradeTheirWay();
    void resetWhileUpgrading();
    void trimmingLosesNothing();
    void silentPeerIsCutAfterTheClose();
    void burstBeforeTheEndIsHeard();
};

void TestEngineWebSocket::lawfulFrames_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("echo");
    const QByteArray large(65'536, 'x');
    QTest::newRow("text") << frame(0x81, "4hello") << "4hello"_ba;
    QTest::newRow("two in one segment, first") << frame(0x81, "4one") + frame(0x81, "4two") << "4one"_ba;
    QTest::newRow("125 bytes") << frame(0x81, "4" + large.left(124)) << "4" + large.left(124);
    QTest::newRow("126 bytes") << frame(0x81, "4" + large.left(125)) << "4" + large.left(125);
    QTest::newRow("65 536 bytes") << frame(0x81, "4" + large.left(65'535)) << "4" + large.left(65'535);
    QTest::newRow("fragments") << frame(0x01, "4he") + frame(0x00, "l") + frame(0x80, "lo") << "4hello"_ba;
    QTest::newRow("empty fragments") << frame(0x01, "") + frame(0x00, "4") + frame(0x80, "") << "4"_ba;
    QTest::newRow("pong between fragments")
        << frame(0x01, "4he") + frame(0x8a, "x") + frame(0x80, "llo") << "4hello"_ba;
    QTest::newRow("1000 fragments") << frame(0x01, "4") + frame(0x00, "x").repeated(1000) + frame(0x80, "")
                                    << "4" + QByteArray(1000, 'x');
    QTest::newRow("code points split between fragments at their borders")
        << frame(0x01, "4é") + frame(0x80, "€") << "4é€"_ba;
    QTest::newRow("code point split inside")
        << frame(0x01, "4\xe2\x82"_ba) + frame(0x80, "\xac"_ba) << "4€"_ba;
    QTest::newRow("four-byte code point") << frame(0x81, "4\xf0\x9f\x98\x80"_ba) << "4\xf0\x9f\x98\x80"_ba;
    QTest::newRow("NUL") << frame(0x81, "4a\0b"_ba) << "4a\0b"_ba;
    QTest::newRow("base64 as text") << frame(0x81, "bAQID") << "\x01\x02\x03"_ba;
    QTest::newRow("binary") << frame(0x82, "\x00\xff"_ba) << "\x00\xff"_ba;
    QTest::newRow("ignored packets first")
        << frame(0x81, "0{}") + frame(0x81, "5") + frame(0x81, "6") + frame(0x81, "3") + frame(0x81, "4x")
        << "4x"_ba;
}

void TestEngineWebSocket::lawfulFrames()
{
    QFETCH(QByteArray, bytes);
    EngineRecorder recorder;
    recorder.echoes = true;
    const auto peer = recorder.webSocketPeer();
    QVERIFY(peer);
    peer->http.send(bytes);
    QTEST(peer->nextText(), "echo");
}

void TestEngineWebSocket::unlawfulFrames_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("code");
    for (const int first : {0xc1, 0xa1, 0x91})
        QTest::addRow("reserved bit %x", first) << frame(first, "4x") << 1002;
    for (const int opcode : {3, 4, 5, 6, 7, 11, 12, 13, 14, 15})
        QTest::addRow("opcode %d", opcode) << frame(0x80 | opcode, "4x") << 1002;
    QTest::newRow("unmasked") << frame(0x81, "4x", false) << 1002;
    QTest::newRow("unmasked ping") << frame(0x89, "x", false) << 1002;
    QTest::newRow("code point cut by the last fragment")
        << frame(0x01, "4\xe2"_ba) + frame(0x80, "\x82"_ba) << 1007;
    QTest::newRow("continuation of nothing") << frame(0x80, "4x") << 1002;
    QTest::newRow("message inside a message") << frame(0x01, "4x") + frame(0x81, "4y") << 1002;
    QTest::newRow("long ping") << frame(0x89, QByteArray(126, 'x')) << 1002;
    QTest::newRow("fragmented ping") << frame(0x09, "x") << 1002;
    QTest::newRow("long length for a short frame") << "\x81\xfe\x00\x01\x00\x00\x00\x00"_ba + "4" << 1002;
    QTest::newRow("64-bit length for a short frame")
        << "\x81\xff\x00\x00\x00\x00\x00\x00\x00\x01\x00\x00\x00\x00"_ba + "4" << 1002;
    QTest::newRow("length with its top bit")
        << "\x81\xff\x80\x00\x00\x00\x00\x00\x00\x01\x00\x00\x00\x00"_ba << 1002;
    QTest::newRow("overlong UTF-8") << frame(0x81, "4\xc0\xaf"_ba) << 1007;
    QTest::newRow("surrogate") << frame(0x81, "4\xed\xa0\x80"_ba) << 1007;
    QTest::newRow("above U+10FFFF") << frame(0x81, "4\xf4\x90\x80\x80"_ba) << 1007;
    QTest::newRow("UTF-8 cut at the end") << frame(0x81, "4\xe2\x82"_ba) << 1007;
    QTest::newRow("close body of one byte") << frame(0x88, "\x03") << 1002;
    for (const int code : {0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 65535}) {
        const QByteArray body = QByteArray(1, char(code >> 8)) + char(code & 0xff);
        QTest::addRow("close code %d", code) << frame(0x88, body) << 1002;
    }
    QTest::newRow("close reason that is not UTF-8") << frame(0x88, "\x03\xe8\xc0\xaf"_ba) << 1007;
}

void TestEngineWebSocket::unlawfulFrames()
{
    QFETCH(QByteArray, bytes);
    EngineRecorder recorder;
    const auto peer = recorder.webSocketPeer();
    QVERIFY(peer);
    const auto session = recorder.opened();
    const auto other = recorder.webSocketPeer();
    QVERIFY(other);
    recorder.opened();
    peer->http.send(bytes);
    auto close = peer->next();
    while (close.opcode == FramePeer::Pong)
        close = peer->next();
    QCOMPARE(close.opcode, int(FramePeer::Close));
    other->http.send(frame(0x89, "still here")); // nobody else is affected
    QCOMPARE(other->next().payload, "still here"_ba);
    QVERIFY(close.payload.size() >= 2 && close.payload.size() <= 125);
    QTEST(int(uchar(close.payload[0]) << 8 | uchar(close.payload[1])), "code");
    QVERIFY(peer->waitForClose());
    QCOMPARE(recorder.closed(session).section(u':', 0, 0), u"transport error"_s);
    QCOMPARE(recorder.logs.value(session), (QByteArrayList{"opened websocket", "closed transport error"}));
}

/// Over TLS it is QSslSocket that reads.
void TestEngineWebSocket::framesOverTls_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("echo");
    QTest::addColumn<int>("code");
    const auto lawful = [](const char *name, const QByteArray &bytes, const QByteArray &echo) {
        QTest::newRow(name) << bytes << echo << 0;
    };
    const auto unlawful = [](const char *name, const QByteArray &bytes, int code) {
        QTest::newRow(name) << bytes << QByteArray() << code;
    };
    const QByteArray large(70'000, 'l');
    lawful("text", frame(0x81, "4hello"), "4hello");
    lawful("large text", frame(0x81, "4" + large), "4" + large);
    lawful("large fragments", frame(0x01, "4" + large) + frame(0x80, large), "4" + large + large);
    lawful("code point split over fragments", frame(0x01, "4\xe2\x82"_ba) + frame(0x80, "\xac"_ba), "4€"_ba);
    lawful("code point in four fragments",
           frame(0x01, "4\xf0"_ba) + frame(0x00, "\x9f"_ba) + frame(0x00, "\x98"_ba) + frame(0x80, "\x80"_ba),
           "4\xf0\x9f\x98\x80"_ba);
    lawful("split code point with a pong inside",
           frame(0x01, "4\xe2"_ba) + frame(0x8a, "x") + frame(0x80, "\x82\xac"_ba), "4€"_ba);
    lawful("fragmented text behind a whole frame",
           frame(0x81, "6") + frame(0x01, "4\xe2"_ba) + frame(0x80, "\x82\xac"_ba), "4€"_ba);
    lawful("fragmented text as base64", frame(0x01, "bAQ") + frame(0x80, "ID"), "\x01\x02\x03");
    lawful("fragmented binary", frame(0x02, "\xe2"_ba) + frame(0x80, "x"), "\xe2x"_ba);
    unlawful("unmasked text", frame(0x81, "4x", false), 1002);
    unlawful("unmasked empty text", frame(0x81, "", false), 1002);
    unlawful("unmasked binary", frame(0x82, "x", false), 1002);
    unlawful("unmasked ping", frame(0x89, "x", false), 1002);
    unlawful("unmasked continuation", frame(0x01, "4x") + frame(0x80, "y", false), 1002);
    unlawful("unmasked and long", frame(0x81, large, false), 1002);
    unlawful("fragments without end", frame(0x01, "4") + frame(0x00, "").repeated(20'000), 1008);
    unlawful("flood of pings", frame(0x89, "").repeated(20'000), 1008);
    unlawful("fragments that are not UTF-8", frame(0x01, "4\xe2"_ba) + frame(0x80, "x"), 1007);
    unlawful("fragments cut in a code point", frame(0x01, "4") + frame(0x80, "\xe2\x82"_ba), 1007);
    unlawful("surrogate over fragments", frame(0x01, "4\xed"_ba) + frame(0x80, "\xa0\x80"_ba), 1007);
    unlawful("message inside a message", frame(0x01, "4x") + frame(0x01, "4y"), 1002);
}

void TestEngineWebSocket::framesOverTls()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, echo);
    QFETCH(int, code);
    ServerOptions options;
    options.tls = testCertificate();
    // In one piece, and in pieces that cut headers.
    for (const qsizetype piece : {qsizetype(1) << 30, qsizetype(7)}) {
        if (piece == 7 && bytes.size() > 1000)
            continue;
        EngineRecorder recorder(options);
        recorder.echoes = true;
        FramePeer peer(recorder.port(), true);
        QCOMPARE(peer.upgrade(EngineRecorder::webSocket), 101);
        QVERIFY(peer.nextText().startsWith('0'));
        const auto session = recorder.opened();
        for (qsizetype at = 0; at < bytes.size(); at += piece) {
            peer.http.send(bytes.mid(at, piece));
            if (piece == 7)
                QTRY_COMPARE(peer.http.socket().bytesToWrite(), 0);
        }
        auto answer = peer.next();
        while (answer.opcode == FramePeer::Pong)
            answer = peer.next();
        if (code == 0) {
            QCOMPARE(answer.payload, echo);
            continue;
        }
        QCOMPARE(answer.opcode, int(FramePeer::Close));
        QCOMPARE(int(uchar(answer.payload[0]) << 8 | uchar(answer.payload[1])), code);
        QVERIFY(peer.waitForClose());
        QCOMPARE(recorder.closed(session).section(u':', 0, 0), u"transport error"_s);
        QCOMPARE(recorder.logs.value(session),
                 (QByteArrayList{"opened websocket", "closed transport error"}));
    }
}

void TestEngineWebSocket::oversize_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("frame of 1001 bytes") << frame(0x81, QByteArray(1001, '4'));
    QTest::newRow("frame of 2 GiB, announced")
        << "\x82\xff\x00\x00\x00\x00\x80\x00\x00\x00\x00\x00\x00\x00"_ba;
    QTest::newRow("frame of 2^62, announced")
        << "\x82\xff\x40\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"_ba;
    QTest::newRow("message of fragments")
        << frame(0x01, QByteArray(600, '4')) + frame(0x80, QByteArray(600, '4'));
}

void TestEngineWebSocket::oversize()
{
    QFETCH(QByteArray, bytes);
    ServerOptions options;
    options.maxHttpBufferSize = 1000;
    EngineRecorder recorder(options);
    const auto peer = recorder.webSocketPeer();
    QVERIFY(peer);
    const auto session = recorder.opened();
    peer->http.send(bytes);
    const auto close = peer->next();
    QCOMPARE(close.opcode, int(FramePeer::Close));
    QCOMPARE(close.payload.left(2), "\x03\xf1"_ba); // 1009
    QVERIFY(peer->waitForClose());
    QVERIFY(recorder.closed(session).startsWith(u"transport error"));
}

void TestEngineWebSocket::anyCutIsTheSame_data()
{
    QTest::addColumn<int>("step");
    for (const int step : {1, 2, 3, 7, 64})
        QTest::addRow("%d bytes at a time", step) << step;
}

void TestEngineWebSocket::anyCutIsTheSame()
{
    QFETCH(int, step);
    EngineRecorder recorder;
    recorder.echoes = true;
    const auto peer = recorder.webSocketPeer();
    QVERIFY(peer);
    const QByteArray bytes = frame(0x01, "4\xe2\x82"_ba) + frame(0x89, "between") + frame(0x80, "\xac"_ba)
                             + frame(0x82, "\x01\x02"_ba) + frame(0x81, "4" + QByteArray(300, 'y'));
    for (qsizetype at = 0; at < bytes.size(); at += step)
        peer->http.send(bytes.mid(at, step));
    const auto pong = peer->next();
    QCOMPARE(pong.opcode, int(FramePeer::Pong));
    QCOMPARE(pong.payload, "between"_ba);
    QCOMPARE(peer->nextText(), "4€"_ba);
    QCOMPARE(peer->next().payload, "\x01\x02"_ba);
    QCOMPARE(peer->nextText(), "4" + QByteArray(300, 'y'));
}

void TestEngineWebSocket::frameBehindTheUpgradeIsHeard_data()
{
    QTest::addColumn<bool>("secure");
    QTest::newRow("plain") << false;
    QTest::newRow("TLS") << true;
}

void TestEngineWebSocket::frameBehindTheUpgradeIsHeard()
{
    QFETCH(bool, secure);
    ServerOptions options;
    if (secure)
        options.tls = testCertificate();
    EngineRecorder recorder(options);
    recorder.echoes = true;
    FramePeer peer(recorder.port(), secure);
    peer.http.send(FramePeer::upgradeRequest(EngineRecorder::webSocket) + frame(0x81, "4early")
                   + frame(0x81, "4next").left(4));
    QCOMPARE(peer.http.reply().value_or(HttpPeer::Reply{}).status, 101);
    QVERIFY(peer.nextText().startsWith('0'));
    peer.http.send(frame(0x81, "4next").sliced(4));
    QCOMPARE(peer.nextText(), "4early"_ba);
    QCOMPARE(peer.nextText(), "4next"_ba);
}

void TestEngineWebSocket::brokenFrameBehindTheUpgradeEndsIt()
{
    EngineRecorder recorder;
    FramePeer peer(recorder.port());
    peer.http.send(FramePeer::upgradeRequest(EngineRecorder::webSocket) + frame(0xa1, "x"));
    QCOMPARE(peer.http.reply().value_or(HttpPeer::Reply{}).status, 101);
    QVERIFY(peer.nextText().startsWith('0'));
    QCOMPARE(peer.next().payload.left(2), "\x03\xea"_ba); // 1002
    QVERIFY(peer.waitForClose());
}

void TestEngineWebSocket::pingsAreAnswered()
{
    EngineRecorder recorder;
    const auto peer = recorder.webSocketPeer();
    QVERIFY(peer);
    peer->http.send(frame(0x89, "are you there"));
    const auto pong = peer->next();
    QCOMPARE(pong.opcode, int(FramePeer::Pong));
    QCOMPARE(pong.payload, "are you there");
}

void TestEngineWebSocket::closeIsAnswered_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("end");
    const auto row = [](int code, const QByteArray &reason, const QString &end) {
        QTest::addRow("%d %s", code, reason.constData())
            << QByteArray(1, char(code >> 8)) + char(code & 0xff) + reason << end;
    };
    QTest::newRow("without a code") << QByteArray() << u"transport close"_s;
    for (const int code : {1000, 1001, 1011, 1014, 3000, 4999})
        row(code, {}, u"transport close"_s);
    row(1001, "bye", u"transport close: bye"_s);
    row(1002, "you broke it", u"transport error: you broke it"_s);
    row(4000, QByteArray(123, 'x'), u"transport close: "_s + QString(123, u'x'));
}

void TestEngineWebSocket::closeIsAnswered()
{
    QFETCH(QByteArray, body);
    EngineRecorder recorder;
    const auto peer = recorder.webSocketPeer();
    QVERIFY(peer);
    const auto session = recorder.opened();
    peer->http.send(frame(0x88, body));
    const auto close = peer->next();
    QCOMPARE(close.opcode, int(FramePeer::Close));
    QCOMPARE(close.payload, body.left(2));
    QVERIFY(peer->waitForClose());
    QTEST(recorder.closed(session), "end");
    QTRY_COMPARE(recorder.server->counters().connections, quint64(0));
}

void TestEngineWebSocket::nothingIsHeardBehindAClose()
{
    EngineRecorder recorder;
    const auto peer = recorder.webSocketPeer();
    QVERIFY(peer);
    const auto session = recorder.opened();
    peer->http.send(frame(0x81, "4before") + frame(0x88, "\x03\xe8"_ba) + frame(0x81, "4after"));
    QCOMPARE(peer->next().opcode, int(FramePeer::Close));
    QVERIFY(peer->waitForClose());
    QCOMPARE(recorder.closed(session), u"transport close"_s);
    QCOMPARE(recorder.logs.value(session),
             (QByteArrayList{"opened websocket", "text before", "closed transport close"}));
}

/// The peer has the close frame, and keeps its own direction open.
void TestEngineWebSocket::whoDoesNotEndAfterACloseIsCut()
{
    EngineRecorder recorder;
    const auto peer = recorder.webSocketPeer();
    QVERIFY(peer);
    const auto session = recorder.opened();
    peer->http.socket().setReadBufferSize(1); // does not see the end either
    recorder.server->closeSession(session);
    QCOMPARE(recorder.closed(session), u"forced close"_s);
    QTRY_COMPARE_WITH_TIMEOUT(recorder.server->counters().connections, quint64(0), 20'000);
}

void TestEngineWebSocket::floodsOfFramesEndIt_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("reason");
    const QString controls = u"transport error: too many control frames"_s;
    QTest::newRow("fragments") << frame(0x01, "4") + frame(0x00, "").repeated(200'000)
                               << u"transport error: too many fragments"_s;
    QTest::newRow("pings") << frame(0x89, "").repeated(200'000) << controls;
    QTest::newRow("pongs in a message") << frame(0x01, "4") + frame(0x8a, "x").repeated(200'000) << controls;
}

void TestEngineWebSocket::floodsOfFramesEndIt()
{
    QFETCH(QByteArray, bytes);
    EngineRecorder recorder;
    const auto other = recorder.webSocketPeer();
    QVERIFY(other);
    recorder.opened();
    const auto peer = recorder.webSocketPeer();
    QVERIFY(peer);
    const auto session = recorder.opened();
    peer->http.send(bytes);
    QTEST(recorder.closed(session), "reason");
    // Whoever goes on sending may find the connection reset, and not read why.
    auto last = peer->next();
    while (last.opcode == FramePeer::Pong)
        last = peer->next();
    if (last.opcode == FramePeer::Close)
        QCOMPARE(last.payload.left(2), "\x03\xf0"_ba);
    QTRY_VERIFY(peer->http.isClosed());
    other->http.send(frame(0x89, "still here")); // nobody else is affected
    QCOMPARE(other->next().payload, "still here"_ba);
}

void TestEngineWebSocket::floodOfPingsIsCutOff()
{
    ServerOptions options;
    options.pingInterval = 50ms;
    options.maxQueuedBytes = 100'000;
    EngineRecorder recorder(options);
    const auto peer = recorder.webSocketPeer();
    QVERIFY(peer);
    const auto session = recorder.opened();
    peer->http.socket().setReadBufferSize(1);
    const QByteArray pings = frame(0x89, QByteArray(125, 'x')).repeated(2'000);
    QTRY_VERIFY((peer->http.isClosed() ? void() : peer->http.send(pings), recorder.ends.contains(session)));
    QVERIFY(recorder.closed(session).startsWith(u"transport error"));
}

void TestEngineWebSocket::browsersMayUpgradeTheirWay()
{
    EngineRecorder recorder;
    FramePeer peer(recorder.port());
    // As Firefox asks; the extension is not taken up.
    peer.http.send("GET /engine.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: localhost\r\n"
                   "Connection: keep-alive, Upgrade\r\nUpgrade: WebSocket\r\nSec-WebSocket-Version: 13\r\n"
                   "Sec-WebSocket-Extensions: permessage-deflate; x=constructor\r\n"
                   "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
    const auto reply = peer.http.reply();
    QVERIFY(reply);
    QCOMPARE(reply->status, 101);
    QCOMPARE(reply->header("Sec-WebSocket-Extensions"), QByteArray());
    QCOMPARE(reply->header("Sec-WebSocket-Accept"), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    QVERIFY(peer.nextText().startsWith('0'));
}

void TestEngineWebSocket::resetWhileUpgrading()
{
    EngineRecorder recorder;
    for (int i = 0; i < 20; ++i) {
        HttpPeer lawful(recorder.port());
        lawful.send(FramePeer::upgradeRequest(EngineRecorder::webSocket));
        lawful.abort();
        HttpPeer refused(recorder.port());
        refused.send(FramePeer::upgradeRequest("/engine.io/?EIO=4&transport=foo"));
        refused.abort();
    }
    QTRY_COMPARE(recorder.server->sessionCount(), 0);
    QVERIFY(recorder.webSocketPeer());
}

/// The socket gives its buffers back at every ping: between messages, inside a frame, and with a queue on its
/// way.
void TestEngineWebSocket::trimmingLosesNothing()
{
    ServerOptions options;
    options.pingInterval = 5ms;
    options.pingTimeout = 60s;
    EngineRecorder recorder(options);
    recorder.echoes = true;
    const auto peer = recorder.webSocketPeer();
    QVERIFY(peer);
    int pings = 0;
    const auto nextEcho = [&] {
        QByteArray packet = peer->nextText();
        while (packet == "2") {
            ++pings;
            peer->text("3");
            packet = peer->nextText();
        }
        return packet;
    };
    for (int i = 0; i < 60; ++i) {
        const QByteArray message = "4" + QByteArray::number(i) + QByteArray(i * i * 10, 'x');
        const QByteArray bytes = frame(0x81, message);
        const qsizetype cut = bytes.size() / 2;
        peer->http.send(bytes.first(cut));
        QCOMPARE(HttpPeer(recorder.port()).get("/").status, 404); // some turns of the server's loop later
        peer->http.send(bytes.sliced(cut));
        QCOMPARE(nextEcho(), message);
    }
    QVERIFY(pings > 10);
    const QByteArray large(8'000'000, 'x');
    recorder.send(recorder.opened(), large);
    QCOMPARE(nextEcho().size(), large.size() + 1);
}

void TestEngineWebSocket::silentPeerIsCutAfterTheClose()
{
    ServerOptions options;
    options.closeTimeout = 100ms;
    options.maxQueuedBytes = 100'000'000;
    EngineRecorder recorder(options);
    const auto peer = recorder.webSocketPeer();
    QVERIFY(peer);
    const auto session = recorder.opened();
    peer->http.socket().setReadBufferSize(1); // reads no more: the close frame would wait for ever
    recorder.send(session, QByteArray(50'000'000, 'x'));
    int closed = 0;
    QObject::connect(recorder.server.get(), &EngineIo::Server::closed, recorder.server.get(),
                     [&] { ++closed; });
    recorder.server->close();
    QTRY_COMPARE(closed, 1);
    QCOMPARE(recorder.closed(session), u"server shutting down"_s);
}

void TestEngineWebSocket::burstBeforeTheEndIsHeard()
{
    EngineRecorder recorder;
    const auto peer = recorder.webSocketPeer();
    QVERIFY(peer);
    const auto session = recorder.opened();
    QByteArray bytes;
    for (int i = 0; i < 100; ++i)
        bytes += frame(0x81, "4" + QByteArray::number(i));
    peer->http.send(bytes + frame(0x81, "1"));
    QVERIFY(!recorder.closed(session).isEmpty());
    QCOMPARE(recorder.logs.value(session).size(), 102);
    QCOMPARE(recorder.logs.value(session).at(100), "text 99");
}

QTEST_GUILESS_MAIN(TestEngineWebSocket)
#include "tst_enginewebsocket.moc"
