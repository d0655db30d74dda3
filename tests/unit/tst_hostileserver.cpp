// SPDX-License-Identifier: MIT
// Servers that mean harm, over both transports: whatever they send, or do not, the client ends in a named
// state with a named error before its deadline, and has not grown.
#include "libclient/client/manager.h"
#include "libclient/client/socket.h"
#include "tests/support/hostileserver.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QFile>
#include <QtTest/QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using SocketIo::ConnectionState;
using Script = HostileServer::Script;

Q_DECLARE_METATYPE(Script)

namespace
{

const QByteArray handshake =
    R"(0{"sid":"e","upgrades":[],"pingInterval":150,"pingTimeout":150,"maxPayload":1000000})";
const QByteArray connected = R"(40{"sid":"s"})";
constexpr quint64 huge = quint64(1) << 40;

/// A WebSocket server that has accepted the namespace, and then sends these frames.
Script online(const QByteArray &frames, const QByteArray &forEver = {})
{
    return {.upgrades = true,
            .says = HostileServer::text(handshake) + HostileServer::text(connected) + frames,
            .saysForEver = forEver};
}

QByteArray http(const char *status, const QByteArray &headers, const QByteArray &body = {})
{
    return "HTTP/1.1 " + QByteArray(status) + "\r\n" + headers + "\r\n" + body;
}

QByteArray nested(const QByteArray &open, int depth)
{
    return open.repeated(depth);
}

/// Bytes of memory of this process that are not shared with files.
qint64 memoryInUse()
{
    QFile file(u"/proc/self/statm"_s);
    if (!file.open(QFile::ReadOnly))
        return 0;
    const QByteArrayList pages = file.readAll().split(' ');
    return (pages.value(1).toLongLong() - pages.value(2).toLongLong()) * 4'096;
}

} // namespace

class tst_hostileserver : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"."_s)); }
    void webSocket_data();
    void webSocket();
    void polling_data();
    void polling();
    void messagePack_data();
    void messagePack();

private:
    void meet(const Script &script, const QString &transport, const QString &code,
              const std::shared_ptr<const SocketIo::Parser> &parser = SocketIo::jsonParser());
};

/// Comes, sees, and has ended within both of its deadlines: that of the attempt and that of the heartbeat.
void tst_hostileserver::meet(const Script &script, const QString &transport, const QString &code,
                             const std::shared_ptr<const SocketIo::Parser> &parser)
{
    const HostileServer server(script);
    SocketIo::ManagerOptions options;
    options.transports = {transport};
    options.reconnection = false;
    options.timeout = options.requestTimeout = code == "connect-timeout"_L1 ? 500ms : 15'000ms;
    options.maxMessageSize = 200'000;
    options.parser = parser;
    [[maybe_unused]] const qint64 before = memoryInUse();
    SocketIo::Manager manager(server.url(), options);
    SocketIo::Socket *socket = manager.socket();
    std::ignore = socket->emitEvent(u"hello"_s, 1);
    QTRY_VERIFY_WITH_TIMEOUT(
        socket->state() == ConnectionState::Closed || socket->state() == ConnectionState::Refused, 20'000);
    QCOMPARE(socket->lastError().code, code);
    QVERIFY(!socket->lastError().message.isEmpty());
#ifndef __SANITIZE_ADDRESS__ // which keeps what was freed for a while
    QVERIFY(memoryInUse() - before < 64'000'000);
#endif
}

void tst_hostileserver::webSocket_data()
{
    QTest::addColumn<Script>("script");
    QTest::addColumn<QString>("code");
    const auto text = &HostileServer::text;
    const auto binary = &HostileServer::binary;
    const auto frame = [](quint8 head, const QByteArray &payload, quint64 announced = 0) {
        return HostileServer::frame(head, payload, announced);
    };

    // Answers to the request.
    QTest::newRow("403") << Script{.says = http("403 Forbidden", "Content-Length: 0\r\n")} << u"http-error"_s;
    QTest::newRow("500") << Script{.says = http("500 Oops", "Content-Length: 0\r\n")} << u"http-error"_s;
    QTest::newRow("a redirect")
        << Script{.says = http("302 Found", "Location: http://elsewhere.example/\r\nContent-Length: 0\r\n")}
        << u"http-error"_s;
    QTest::newRow("a redirect to itself")
        << Script{.says = http("301 Moved", "Location: /socket.io/\r\nContent-Length: 0\r\n")}
        << u"http-error"_s;
    QTest::newRow("a head without end")
        << Script{.says = "HTTP/1.1 101 Switching Protocols\r\n", .trickles = "X-More: and more\r\n"}
        << u"connect-timeout"_s;
    QTest::newRow("a head that floods")
        << Script{.says = "HTTP/1.1 101 Switching Protocols\r\n", .saysForEver = "X-More: and more\r\n"}
        << u"http-error"_s;
    QTest::newRow("a line without end")
        << Script{.says = "HTTP/1.1 101 ", .saysForEver = QByteArray(1'000, 'x')} << u"connect-timeout"_s;

    // Before the handshake, and instead of it.
    QTest::newRow("a handshake byte by byte, without end")
        << Script{.upgrades = true, .says = frame(0x81, "0{\"sid\":\"", 50'000), .trickles = "x"}
        << u"connect-timeout"_s;
    QTest::newRow("a handshake as a binary message")
        << Script{.upgrades = true, .says = binary(handshake)} << u"parse-error"_s;
    QTest::newRow("a sid of the wrong type")
        << Script{.upgrades = true, .says = text(R"(0{"sid":7,"pingInterval":1,"pingTimeout":1})")}
        << u"parse-error"_s;
    QTest::newRow("two handshakes") << Script{.upgrades = true, .says = text(handshake) + text(handshake)}
                                    << u"parse-error"_s;

    // Frames.
    QTest::newRow("a frame of a terabyte, announced")
        << online(frame(0x82, "x", huge)) << u"message-too-large"_s;
    QTest::newRow("a frame of a terabyte, sent")
        << online(frame(0x82, "x", huge), QByteArray(10'000, 'x')) << u"message-too-large"_s;
    QTest::newRow("fragments without end")
        << online(frame(0x01, "4"), frame(0x00, QByteArray(10'000, 'x'))) << u"message-too-large"_s;
    QTest::newRow("empty fragments without end")
        << online(frame(0x01, "4"), frame(0x00, {})) << u"parse-error"_s;
    QTest::newRow("control frames without end")
        << online({}, frame(0x89, "are you there?")) << u"ping-timeout"_s;
    QTest::newRow("a reserved opcode") << online(frame(0x83, "x")) << u"parse-error"_s;
    QTest::newRow("a frame that is masked")
        << online(QByteArray("\x81\x81\x01\x02\x03\x04\x05", 7)) << u"parse-error"_s;
    QTest::newRow("text that is not UTF-8") << online(text("42[\"\xff\xfe\"]")) << u"parse-error"_s;

    // Packets.
    QTest::newRow("JSON 100000 deep") << online(text("42[\"x\"," + nested("[", 100'000))) << u"parse-error"_s;
    QTest::newRow("objects 20000 deep")
        << online(text("42[\"x\"," + nested("{\"a\":", 20'000))) << u"parse-error"_s;
    QTest::newRow("an attachment nobody announced") << online(binary("x")) << u"parse-error"_s;
    QTest::newRow("an event between attachments")
        << online(text("452-[\"x\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]")
                  + binary("one") + text("42[\"y\"]"))
        << u"parse-error"_s;
    QTest::newRow("a million attachments announced") << online(text("451000000-[\"x\"]")) << u"parse-error"_s;
    QTest::newRow("a reserved event") << online(text("42[\"connect\"]")) << u"parse-error"_s;
    QTest::newRow("an unknown packet type") << online(text("49")) << u"parse-error"_s;
    QTest::newRow("an unknown engine packet") << online(text("9")) << u"parse-error"_s;
    QTest::newRow("silence after CONNECT") << online({}) << u"ping-timeout"_s;
    QTest::newRow("pongs instead of pings") << online(text("3"), {}) << u"ping-timeout"_s;
    QTest::newRow("an upgrade nobody asked for") << online(text("5")) << u"ping-timeout"_s;
    QTest::newRow("acks without end, to nobody")
        << online({}, text("43999[]").repeated(50)) << u"ping-timeout"_s;
}

void tst_hostileserver::webSocket()
{
    QFETCH(Script, script);
    QFETCH(QString, code);
    meet(script, u"websocket"_s, code);
}

void tst_hostileserver::polling_data()
{
    QTest::addColumn<Script>("script");
    QTest::addColumn<QString>("code");
    QTest::newRow("a redirect to itself")
        << Script{.says = http("307 Again", "Location: /socket.io/\r\nContent-Length: 0\r\n")}
        << u"http-error"_s;
    QTest::newRow("a head without end")
        << Script{.says = "HTTP/1.1 200 OK\r\n", .trickles = "X-More: and more\r\n"} << u"connect-timeout"_s;
    QTest::newRow("a head that floods")
        << Script{.says = "HTTP/1.1 200 OK\r\n", .saysForEver = "X-More: and more\r\n"} << u"http-error"_s;
    QTest::newRow("a body without end")
        << Script{.says = http("200 OK", "Content-Length: 50000\r\n", "0{\"sid\":\""), .trickles = "x"}
        << u"connect-timeout"_s;
    QTest::newRow("a body that floods") << Script{.says = http("200 OK", "Content-Length: 1099511627776\r\n"),
                                                  .saysForEver = QByteArray(10'000, 'x')}
                                        << u"message-too-large"_s;
    QTest::newRow("chunks that flood") << Script{.says = http("200 OK", "Transfer-Encoding: chunked\r\n"),
                                                 .saysForEver = "3e8\r\n" + QByteArray(1'000, 'x') + "\r\n"}
                                       << u"message-too-large"_s;
    QTest::newRow("packets that flood")
        << Script{.says = http("200 OK", "Transfer-Encoding: chunked\r\n", "1\r\n0\r\n"),
                  .saysForEver = "2\r\n6\x1e\r\n"}
        << u"parse-error"_s;
    QTest::newRow("a wrong length") << Script{.says = http("200 OK", "Content-Length: -5\r\n", handshake),
                                              .hangsUp = true}
                                    << u"http-error"_s;
    QTest::newRow("hangs up in the middle")
        << Script{.says = http("200 OK", "Content-Length: 500\r\n", handshake), .hangsUp = true}
        << u"transport-error"_s;
    QTest::newRow("a handshake, and then silence")
        << Script{.says = http("200 OK", "Content-Length: " + QByteArray::number(handshake.size()) + "\r\n",
                               handshake)}
        << u"ping-timeout"_s;
}

void tst_hostileserver::polling()
{
    QFETCH(Script, script);
    QFETCH(QString, code);
    meet(script, u"polling"_s, code);
}

void tst_hostileserver::messagePack_data()
{
    QTest::addColumn<QByteArray>("message");
    QTest::newRow("not MessagePack") << QByteArray("\xc1\xc1\xc1");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("cut off") << QByteArray("\x84\xa4type\x02\xa4"
                                           "da");
    QTest::newRow("no map") << QByteArray("\x93\x01\x02\x03");
    QTest::newRow("a type of the wrong type") << QByteArray("\x82\xa4type\xa1x\xa3nsp\xa1/");
    QTest::newRow("100000 deep") << "\x83\xa4type\x02\xa3nsp\xa1/\xa4"
                                    "data"
                                        + nested("\x91", 100'000);
    QTest::newRow("an array of four thousand million") << QByteArray("\x83\xa4type\x02\xa3nsp\xa1/\xa4"
                                                                     "data\xdd\xff\xff\xff\xff");
    QTest::newRow("text of four thousand million bytes") << QByteArray("\x83\xa4type\x02\xa3nsp\xa1/\xa4"
                                                                       "data\xdb\xff\xff\xff\xffx");
    QTest::newRow("something behind it") << QByteArray("\x83\xa4type\x02\xa3nsp\xa1/\xa4"
                                                       "data\x91\xa1x\xc0\xc0");
}

void tst_hostileserver::messagePack()
{
    QFETCH(QByteArray, message);
    const QByteArray accepted("\x83\xa4type\x00\xa3nsp\xa1/\xa4"
                              "data\x81\xa3sid\xa1s",
                              25);
    meet({.upgrades = true,
          .says = HostileServer::text(handshake) + HostileServer::binary(accepted)
                  + HostileServer::binary(message)},
         u"websocket"_s, u"parse-error"_s, SocketIo::msgpackParser());
}

QTEST_GUILESS_MAIN(tst_hostileserver)
#include "tst_hostileserver.moc"
