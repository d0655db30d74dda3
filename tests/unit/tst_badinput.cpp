// SPDX-License-Identifier: MIT
#include "tests/support/enginerecorder.h"
#include "tests/support/servertest.h"
#include "tests/support/testcertificate.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QFuture>
#include <QtCore/QRegularExpression>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// What no lawful peer sends, where no other test has it: docs/bad-input.md has the list of all.
class TestBadInput : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void extensionsAreNotTakenUp_data();
    void extensionsAreNotTakenUp();
    void firstSubprotocolIsTakenUp_data();
    void firstSubprotocolIsTakenUp();
    void closeReasons_data();
    void closeReasons();
    void tlsEndsInAnyState_data();
    void tlsEndsInAnyState();
    void aPauseBetweenFragmentsIsLawful_data();
    void aPauseBetweenFragmentsIsLawful();
    void drippingFramesEndWithTheHeartbeat();
    void probingTwiceIsAnsweredTwice();
    void whoGoesOnSendingHearsWhyItEnded_data();
    void whoGoesOnSendingHearsWhyItEnded();
    void whoGoesOnSendingHearsTheAnswer();

    void namespacesOfOneSessionAreBounded();
    void askingForUnknownNamespacesHurtsNobody();
    void acksNobodyWaitsFor();
    void endsTheSession_data();
    void endsTheSession();
    void longWordsAreReadOnce_data();
    void longWordsAreReadOnce();
};

namespace
{

QByteArray frame(int first, const QByteArray &payload)
{
    return FramePeer::frame(first, payload);
}

} // namespace

void TestBadInput::extensionsAreNotTakenUp_data()
{
    QTest::addColumn<QByteArray>("value");
    for (const char *value :
         {"constructor", "__proto__", "toString; valueOf", "permessage-deflate",
          "permessage-deflate; client_max_window_bits; server_no_context_takeover",
          "permessage-deflate; server_max_window_bits=0",
          "permessage-deflate; server_max_window_bits=99999999999",
          "permessage-deflate; client_max_window_bits=\"x\"; client_max_window_bits=\"x\"",
          "permessage-deflate; nonsense=1", "x; a=\"unclosed", ",,,;;;===", "\x80\xff"})
        QTest::newRow(value) << QByteArray(value);
    QTest::newRow("12 KB of semicolons") << QByteArray(12'000, ';');
}

void TestBadInput::extensionsAreNotTakenUp()
{
    QFETCH(QByteArray, value);
    EngineRecorder recorder;
    recorder.echoes = true;
    FramePeer peer(recorder.port());
    peer.http.send(
        FramePeer::upgradeRequest(EngineRecorder::webSocket, "Sec-WebSocket-Extensions: " + value + "\r\n"));
    const auto reply = peer.http.reply();
    QVERIFY(reply);
    QCOMPARE(reply->status, 101);
    QCOMPARE(reply->header("Sec-WebSocket-Extensions"), QByteArray());
    QVERIFY(peer.nextText().startsWith('0'));
    peer.text("4hello");
    QCOMPARE(peer.nextText(), "4hello");
    // A bomb has no way in: what says that it is compressed is no lawful frame.
    peer.http.send(frame(0xc1, "4x"));
    const auto close = peer.next();
    QCOMPARE(close.opcode, int(FramePeer::Close));
    QCOMPARE(close.payload.left(2), "\x03\xea"_ba); // 1002
}

void TestBadInput::firstSubprotocolIsTakenUp_data()
{
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("taken");
    const QByteArray name = "Sec-WebSocket-Protocol:"_ba;
    const auto taken = [&name](const char *row, const QByteArray &offer, const QByteArray &first) {
        QTest::newRow(row) << name + offer + "\r\n" << 101 << first;
    };
    const auto refused = [&name](const char *row, const QByteArray &offer) {
        QTest::newRow(row) << name + offer + "\r\n" << 400 << QByteArray();
    };
    // As Node's ws answered each of them.
    QTest::newRow("none") << QByteArray() << 101 << QByteArray();
    taken("one", " chat", "chat");
    taken("two", " a, b", "a");
    taken("two without spaces", "a,b", "a");
    taken("tabs and spaces", "\ta \t,\tb \t", "a");
    taken("of a prototype's name", " constructor", "constructor");
    taken("every character of a token", " !#$%&'*+-.^_`|~09AZaz", "!#$%&'*+-.^_`|~09AZaz");
    taken("not the same by case", " a, A", "a");
    taken("in two headers", " b\r\n" + name + " a", "b");
    taken("of 12 KB", QByteArray(12'000, 'x'), QByteArray(12'000, 'x'));
    QByteArray thousands = "n";
    for (int i = 0; i < 2000; ++i)
        thousands += ",n" + QByteArray::number(i);
    taken("thousands", thousands, "n");
    refused("empty", {});
    refused("12 KB of spaces", QByteArray(12'000, ' '));
    refused("12 KB of commas", QByteArray(12'000, ','));
    refused("the same thousands of times", "a,"_ba.repeated(6'000) + "a");
    refused("twice", " a, b, a");
    refused("twice in two headers", " a\r\n" + name + " a");
    refused("beside an empty header", "\r\n" + name + " a");
    refused("a comma before it", ",a");
    refused("a comma behind it", "a,");
    refused("nothing between commas", "a,,b");
    refused("a space inside", "a b");
    refused("a bracket", "a(b)");
    refused("a quoted text", "\"a\"");
    refused("a slash", "a/b");
    refused("not ASCII", "\xe9");
    refused("a bad one behind a good one", "a, b;c");
}

void TestBadInput::firstSubprotocolIsTakenUp()
{
    QFETCH(QByteArray, headers);
    QFETCH(int, status);
    EngineIo::ServerOptions secure;
    secure.tls = testCertificate();
    for (const bool tls : {false, true}) {
        EngineRecorder recorder(tls ? secure : EngineIo::ServerOptions());
        FramePeer peer(recorder.port(), tls);
        peer.http.send(FramePeer::upgradeRequest(EngineRecorder::webSocket, headers));
        const auto reply = peer.http.reply();
        QVERIFY(reply);
        QCOMPARE(reply->status, status);
        QTEST(reply->header("Sec-WebSocket-Protocol"), "taken");
        if (status == 101) {
            QVERIFY(peer.nextText().startsWith('0'));
        } else {
            QCOMPARE(reply->body, "Invalid Sec-WebSocket-Protocol header");
            QVERIFY(peer.waitForClose());
            QVERIFY(recorder.log.isEmpty());
        }
    }
}

void TestBadInput::closeReasons_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("code"); ///< that the server answers
    QTest::addColumn<QString>("end");
    const QByteArray normal = "\x03\xe8"_ba; // 1000
    QTest::newRow("no code") << QByteArray() << 1000 << u"transport close"_s;
    QTest::newRow("no reason") << normal << 1000 << u"transport close"_s;
    QTest::newRow("123 bytes") << normal + QByteArray(123, 'x') << 1000
                               << u"transport close: "_s + QString(123, u'x');
    QTest::newRow("124 bytes") << normal + QByteArray(124, 'x') << 1002 << u"transport error"_s;
    QTest::newRow("cut inside a code point")
        << normal + QByteArray(121, 'x') + "\xe2\x82"_ba << 1007 << u"transport error"_s;
}

void TestBadInput::closeReasons()
{
    QFETCH(QByteArray, body);
    QFETCH(int, code);
    QFETCH(QString, end);
    EngineRecorder recorder;
    const auto peer = recorder.webSocketPeer();
    QVERIFY(peer);
    const auto session = recorder.opened();
    peer->http.send(frame(0x88, body));
    const auto close = peer->next();
    QCOMPARE(close.opcode, int(FramePeer::Close));
    QVERIFY(close.payload.size() <= 125);
    QVERIFY(QString::fromUtf8(close.payload.mid(2)).toUtf8() == close.payload.mid(2));
    const int told = close.payload.size() < 2 ? 1000 : uchar(close.payload[0]) << 8 | uchar(close.payload[1]);
    QCOMPARE(told, code);
    QVERIFY(peer->waitForClose());
    const QString heard = recorder.closed(session);
    QVERIFY2(code == 1000 ? heard == end : heard.startsWith(end), qPrintable(heard));
}

void TestBadInput::tlsEndsInAnyState_data()
{
    QTest::addColumn<int>("state");
    QTest::addColumn<bool>("byPeer");
    int state = 0;
    for (const char *name :
         {"connected", "half a TLS greeting", "encrypted", "half a request", "asked for the upgrade", "open",
          "half a frame", "closing", "with much to read", "long-polling", "half a body"}) {
        QTest::addRow("%s, the server goes", name) << state << false;
        QTest::addRow("%s, the peer goes", name) << state << true;
        ++state;
    }
}

/// A use after free would show under the address sanitizer: TLS may be gone when the close frame is to be
/// sent.
void TestBadInput::tlsEndsInAnyState()
{
    QFETCH(int, state);
    QFETCH(bool, byPeer);
    EngineIo::ServerOptions options;
    options.tls = testCertificate();
    EngineRecorder recorder(options);
    FramePeer other(recorder.port(), true);
    QCOMPARE(other.upgrade(EngineRecorder::webSocket), 101);
    QVERIFY(other.nextText().startsWith('0'));
    recorder.opened();

    FramePeer peer(recorder.port(), state >= 2);
    const QByteArray upgrade = FramePeer::upgradeRequest(EngineRecorder::webSocket);
    const auto isOpen = [&] {
        return peer.upgrade(EngineRecorder::webSocket) == 101 && peer.nextText().startsWith('0');
    };
    switch (state) {
    case 1:
        peer.http.send(QByteArray::fromHex("160301020001fc030385aa"));
        break;
    case 2:
        peer.http.send({}); // waits until it is encrypted
        break;
    case 3:
        peer.http.send(upgrade.left(upgrade.size() / 2));
        break;
    case 4:
        peer.http.send(upgrade);
        break;
    case 5:
    case 6:
    case 7:
    case 8:
        QVERIFY(isOpen());
        if (state == 6)
            peer.http.send(frame(0x81, "4hello").left(5));
        if (state == 7)
            peer.http.send(frame(0x88, "\x03\xe8"_ba));
        if (state == 8) {
            peer.http.socket().setReadBufferSize(1);
            recorder.send(recorder.opened(), QByteArray(5'000'000, 'x'));
        }
        break;
    case 9:
    case 10: {
        HttpPeer opening(recorder.port(), true);
        const QByteArray body = opening.get(EngineRecorder::polling).body;
        const QByteArray poller = EngineRecorder::polling + "&sid=" + body.mid(body.indexOf("sid") + 6, 20);
        if (state == 9)
            peer.http.request("GET", poller);
        else
            peer.http.send("POST " + poller
                           + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n4he");
        break;
    }
    default:
        break;
    }
    other.http.send(frame(0x89, "turn")); // the server has had its turn since
    QCOMPARE(other.next().payload, "turn");
    if (byPeer) {
        peer.http.abort();
        other.http.send(frame(0x89, "still here"));
        QCOMPARE(other.next().payload, "still here");
        return;
    }
    recorder.server.reset();
    if (state == 8) {
        peer.http.socket().setReadBufferSize(0);
        QTRY_VERIFY(peer.http.socket().readAll().size() >= 0 && peer.http.isClosed());
    } else {
        QTRY_VERIFY(peer.http.isClosed());
    }
    QVERIFY(other.waitForClose());
}

void TestBadInput::aPauseBetweenFragmentsIsLawful_data()
{
    QTest::addColumn<bool>("secure");
    QTest::newRow("plain") << false;
    QTest::newRow("TLS") << true;
}

void TestBadInput::aPauseBetweenFragmentsIsLawful()
{
    QFETCH(bool, secure);
    EngineIo::ServerOptions options;
    if (secure)
        options.tls = testCertificate();
    EngineRecorder recorder(options);
    recorder.echoes = true;
    FramePeer peer(recorder.port(), secure);
    QCOMPARE(peer.upgrade(EngineRecorder::webSocket), 101);
    QVERIFY(peer.nextText().startsWith('0'));
    peer.http.send(frame(0x01, "4hel"));
    QElapsedTimer pause;
    pause.start();
    QTRY_VERIFY_WITH_TIMEOUT(pause.hasExpired(5'600), 60'000); // longer than what Qt allows between fragments
    peer.http.send(frame(0x80, "lo"));
    QCOMPARE(peer.nextText(), "4hello");
}

void TestBadInput::drippingFramesEndWithTheHeartbeat()
{
    EngineIo::ServerOptions options;
    options.pingInterval = 50ms;
    options.pingTimeout = 100ms;
    EngineRecorder recorder(options);
    const auto peer = recorder.webSocketPeer();
    QVERIFY(peer);
    const auto session = recorder.opened();
    // In the middle of a message there is no pong, whatever trickles in.
    const QByteArray bytes = frame(0x81, "4" + QByteArray(900'000, 'x'));
    qsizetype sent = 0;
    QTRY_VERIFY((peer->http.isClosed() ? void() : peer->http.send(bytes.mid(sent++, 1)),
                 recorder.ends.contains(session)));
    QCOMPARE(recorder.closed(session), u"ping timeout"_s);
    QVERIFY(sent < bytes.size());
}

void TestBadInput::probingTwiceIsAnsweredTwice()
{
    EngineRecorder recorder;
    recorder.echoes = true;
    const QByteArray poller = recorder.poller();
    FramePeer peer(recorder.port());
    QCOMPARE(peer.upgrade(EngineRecorder::webSocketFor(poller)), 101);
    peer.text("2probe");
    peer.text("2probe");
    QCOMPARE(peer.nextText(), "3probe");
    QCOMPARE(peer.nextText(), "3probe");
    peer.text("5");
    peer.text("4hello");
    QCOMPARE(peer.nextText(), "4hello");
}

void TestBadInput::whoGoesOnSendingHearsWhyItEnded_data()
{
    QTest::addColumn<bool>("secure");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("code");
    for (const bool secure : {false, true}) {
        const auto row = [secure](const char *name, const QByteArray &bytes, const QByteArray &code) {
            QTest::addRow("%s%s", name, secure ? ", TLS" : "") << secure << bytes << code;
        };
        row("pings without end", frame(0x89, "").repeated(200'000), "\x03\xf0"_ba); // 1008
        row("fragments without end", frame(0x01, "4") + frame(0x00, "").repeated(200'000), "\x03\xf0"_ba);
        row("too large a frame", frame(0x82, QByteArray(4'000'000, 'x')), "\x03\xf1"_ba); // 1009
        row("an unlawful frame, then more", frame(0xf1, "4x") + frame(0x81, "4y").repeated(200'000),
            "\x03\xea"_ba); // 1002
        if (!secure) // TLS ends both directions together
            row("a frame that says it ends, then more",
                frame(0x88, "\x03\xe8"_ba) + frame(0x81, "4y").repeated(200'000), "\x03\xe8"_ba); // 1000
    }
}

/// Closing with unread bytes would reset the connection, and the close frame could be lost with it.
void TestBadInput::whoGoesOnSendingHearsWhyItEnded()
{
    QFETCH(bool, secure);
    QFETCH(QByteArray, bytes);
    EngineIo::ServerOptions options;
    if (secure)
        options.tls = testCertificate();
    EngineRecorder recorder(options);
    const auto peer = recorder.webSocketPeer(secure);
    QVERIFY(peer);
    peer->http.send(bytes);
    auto last = peer->next();
    while (last.opcode == FramePeer::Pong)
        last = peer->next();
    QCOMPARE(last.opcode, int(FramePeer::Close));
    QTEST(last.payload.left(2), "code");
    QTRY_VERIFY_WITH_TIMEOUT(peer->http.isClosed(), 30'000);
}

void TestBadInput::whoGoesOnSendingHearsTheAnswer()
{
    EngineRecorder recorder;
    HttpPeer peer(recorder.port());
    peer.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4000000\r\n\r\n"
              + QByteArray(4'000'000, 'x'));
    const auto reply = peer.reply();
    QVERIFY(reply);
    QCOMPARE(reply->status, 413);
    QTRY_VERIFY(peer.isClosed());
}

void TestBadInput::namespacesOfOneSessionAreBounded()
{
    SocketIo::ServerOptions options;
    options.maxNamespaces = 50;
    ServerTest test(options);
    test.server->of(QRegularExpression(u"^/n\\d+$"_s));
    const auto peer = test.guest();
    QVERIFY(peer);
    constexpr int asked = 1'000;
    for (int i = 0; i < asked; ++i)
        peer->send("40/n" + QByteArray::number(i) + ',');
    int joined = 0;
    int refused = 0;
    for (int i = 0; i < asked; ++i) {
        const QByteArray answer = peer->nextText();
        joined += answer.startsWith("40/n");
        refused += answer.startsWith("44/n") && answer.endsWith(R"(,{"message":"Too many namespaces"})");
    }
    QCOMPARE(joined, 50);
    QCOMPARE(refused, asked - 50);
    peer->send("41/n0,");
    QVERIFY(!peer->join("/n2000").isEmpty()); // there is room again
    const auto other = test.peer();
    QVERIFY(other && ServerTest::hasHeardAll(*other));
}

void TestBadInput::askingForUnknownNamespacesHurtsNobody()
{
    ServerTest test;
    const auto other = test.peer();
    QVERIFY(other);
    const auto peer = test.peer();
    QVERIFY(peer);
    constexpr int asked = 100'000;
    for (int i = 0; i < asked; ++i)
        peer->send("40/unknown" + QByteArray::number(i) + ',');
    for (int i = 0; i < asked; ++i)
        QCOMPARE(peer->nextText(),
                 "44/unknown" + QByteArray::number(i) + R"(,{"message":"Invalid namespace"})");
    QVERIFY(ServerTest::hasHeardAll(*peer));
    QVERIFY(ServerTest::hasHeardAll(*other));
}

void TestBadInput::acksNobodyWaitsFor()
{
    ServerTest test;
    const auto peer = test.peer();
    QVERIFY(peer);
    for (const char *ack : {"430[]", "4399[\"x\"]", "43999999999999999[]", "43[]", "43[\"x\"]", "43 [\"x\"]"})
        peer->send(ack);
    QVERIFY(ServerTest::hasHeardAll(*peer));
    int answers = 0;
    QString heard;
    test.socketOf(*peer)
        ->emitWithAck(u"question"_s, {}, 60s)
        .then(this, [&](const Hubbub::Result<SocketIo::Arguments> &reply) {
            ++answers;
            heard = reply ? reply->at(0).toString() : reply.error().code;
        });
    const QByteArray question = peer->nextText();
    QVERIFY2(question.startsWith("42") && question.endsWith("[\"question\"]"), question.constData());
    const QByteArray id = question.sliced(2).chopped(12);
    for (const char *answer : {"[\"first\"]", "[\"second\"]", "[\"third\"]"})
        peer->send("43" + id + answer);
    QVERIFY(ServerTest::hasHeardAll(*peer));
    QTRY_COMPARE(answers, 1);
    QCOMPARE(heard, u"first"_s);
}

void TestBadInput::endsTheSession_data()
{
    QTest::addColumn<QByteArrayList>("says");
    QTest::newRow("ack id of 2^64") << QByteArrayList{"4318446744073709551616[]"};
    QTest::newRow("event with an ack id of 2^64") << QByteArrayList{"4218446744073709551616[\"sync\"]"};
    QTest::newRow("DISCONNECT twice") << QByteArrayList{"41", "41"};
    QTest::newRow("namespace without a slash") << QByteArrayList{"42nsp,[\"sync\"]"};
    QTest::newRow("namespace of 64 KB") << QByteArrayList{"40/" + QByteArray(65'536, 'n') + ','};
    QTest::newRow("ten million attachments") << QByteArrayList{"4510000000-[\"x\"]"};
    QTest::newRow("attachments behind the text")
        << QByteArrayList{"451-[\"x\",{\"_placeholder\":true,\"num\":0}]", "42[\"sync\"]"};
}

void TestBadInput::endsTheSession()
{
    QFETCH(QByteArrayList, says);
    ServerTest test;
    const auto other = test.peer();
    const auto peer = test.peer();
    QVERIFY(other && peer);
    for (const QByteArray &text : says)
        peer->send(text);
    QVERIFY(peer->waitForClose());
    QVERIFY(!peer->hasFrame());
    QVERIFY(ServerTest::hasHeardAll(*other));
}

void TestBadInput::longWordsAreReadOnce_data()
{
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<char>("filling");
    QTest::newRow("digits of attachments") << "45"_ba << '1';
    QTest::newRow("zeros of attachments") << "45"_ba << '0';
    QTest::newRow("ack id") << "42"_ba << '1';
    QTest::newRow("namespace") << "42/"_ba << 'n';
    QTest::newRow("brackets") << "42[\"x\","_ba << '[';
    QTest::newRow("spaces") << "42"_ba << ' ';
}

/// Were they read anew with every byte, half a megabyte would take minutes, and the other peer would wait.
void TestBadInput::longWordsAreReadOnce()
{
    QFETCH(QByteArray, head);
    QFETCH(char, filling);
    ServerTest test;
    const auto other = test.peer();
    const auto peer = test.peer();
    QVERIFY(other && peer);
    peer->send(head + QByteArray(500'000, filling));
    QVERIFY(peer->waitForClose());
    QVERIFY(ServerTest::hasHeardAll(*other));
}

QTEST_GUILESS_MAIN(TestBadInput)
#include "tst_badinput.moc"
