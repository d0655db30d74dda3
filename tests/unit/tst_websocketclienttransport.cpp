// SPDX-License-Identifier: MIT
// The client over a real QWebSocket, against servers that behave badly.
#include "libclient/client/manager.h"
#include "libclient/client/socket.h"
#include "libclient/transport/transporterror.h"
#include "libclient/transport/websocketclienttransport.h"
#include "tests/support/scriptedserver.h"

#include <QtCore/QPointer>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using EngineIo::WebSocketClientTransport;
using SocketIo::ConnectionState;
using SocketIo::Manager;
using SocketIo::ManagerOptions;
using SocketIo::Socket;

namespace
{

const QString goodHandshake =
    uR"(0{"sid":"e","upgrades":[],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000})"_s;
const QString goodConnect = uR"(40{"sid":"s"})"_s;

/// Short where the deadline is what must end it.
ManagerOptions oneAttempt(const QString &code = {})
{
    ManagerOptions options;
    options.transports = {u"websocket"_s};
    options.reconnectionAttempts = 1;
    options.reconnectionDelay = options.reconnectionDelayMax = 5ms;
    if (code == "connect-timeout"_L1)
        options.timeout = 500ms;
    options.maxMessageSize = 100'000;
    return options;
}

EngineIo::TransportOptions atMost(qint64 bytes)
{
    EngineIo::TransportOptions options;
    options.maxMessageSize = bytes;
    return options;
}

/// Says each line when the one before was answered with anything; "!" closes, "!!" cuts the line.
void play(QWebSocket *peer, const QStringList &lines)
{
    for (const QString &line : lines) {
        if (line == "!"_L1)
            peer->close();
        else if (line == "!!"_L1)
            peer->abort();
        else
            peer->sendTextMessage(line);
    }
}

} // namespace

class tst_websocketclienttransport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void hostileServers_data();
    void hostileServers();
    void httpAnswers_data();
    void httpAnswers();
    void nobodyListens();
    void unknownHost();
    void tlsOnAPlainPort();
    void losesTheConnection_data();
    void losesTheConnection();
    void textOverManyFramesArrivesWhole();
    void sendsLongTextInOneFrame();
    void tooLargeAMessageEndsIt();
    void closesAlthoughThePeerDoesNot_data();
    void closesAlthoughThePeerDoesNot();
    void reportsWhatWaits();
    void losesNothingWhenTrimmed();
    void destroyedInItsSignals_data();
    void destroyedInItsSignals();
    void sentences_data();
    void sentences();
};

void tst_websocketclienttransport::hostileServers_data()
{
    QTest::addColumn<QStringList>("onConnected");
    QTest::addColumn<QStringList>("onConnect"); ///< after our CONNECT
    QTest::addColumn<ConnectionState>("state");
    QTest::addColumn<QString>("code");
    const QStringList none;
    using S = ConnectionState;
    QTest::newRow("silence") << none << none << S::Closed << u"connect-timeout"_s;
    QTest::newRow("closes at once") << QStringList{u"!"_s} << none << S::Closed << u"transport-close"_s;
    QTest::newRow("cuts at once") << QStringList{u"!!"_s} << none << S::Closed << u"transport-error"_s;
    QTest::newRow("not Engine.IO") << QStringList{u"hello"_s} << none << S::Closed << u"parse-error"_s;
    QTest::newRow("empty text") << QStringList{u""_s} << none << S::Closed << u"parse-error"_s;
    QTest::newRow("message before open") << QStringList{goodConnect} << none << S::Closed << u"parse-error"_s;
    QTest::newRow("open without keys") << QStringList{u"0{}"_s} << none << S::Closed << u"parse-error"_s;
    QTest::newRow("closes after open")
        << QStringList{goodHandshake, u"!"_s} << none << S::Closed << u"transport-close"_s;
    QTest::newRow("cuts after open") << QStringList{goodHandshake, u"!!"_s} << none << S::Closed
                                     << u"transport-error"_s;
    QTest::newRow("no answer to CONNECT")
        << QStringList{goodHandshake} << none << S::Closed << u"connect-timeout"_s;
    QTest::newRow("answer before CONNECT, then silence")
        << QStringList{goodHandshake, u"42[\"x\"]"_s} << none << S::Closed << u"connect-timeout"_s;
    QTest::newRow("garbage for CONNECT")
        << QStringList{goodHandshake} << QStringList{u"4xyz"_s} << S::Closed << u"parse-error"_s;
    QTest::newRow("CONNECT without sid")
        << QStringList{goodHandshake} << QStringList{u"40{}"_s} << S::Refused << u"protocol-mismatch"_s;
    QTest::newRow("refusal") << QStringList{goodHandshake} << QStringList{uR"(44{"message":"Go away"})"_s}
                             << S::Refused << u"connect-refused"_s;
    QTest::newRow("engine close for CONNECT")
        << QStringList{goodHandshake} << QStringList{u"1"_s} << S::Closed << u"transport-close"_s;
    QTest::newRow("accepts, then ends it") << QStringList{goodHandshake} << QStringList{goodConnect, u"41"_s}
                                           << S::Refused << u"server-disconnect"_s;
    QTest::newRow("accepts another namespace")
        << QStringList{goodHandshake} << QStringList{uR"(40/other,{"sid":"s"})"_s} << S::Closed
        << u"connect-timeout"_s;
    QTest::newRow("accepts twice") << QStringList{goodHandshake} << QStringList{goodConnect, goodConnect}
                                   << S::Online << QString();
    QTest::newRow("too large a message")
        << QStringList{goodHandshake} << QStringList{u"42[\""_s + u"x"_s.repeated(200'000) + u"\"]"_s}
        << S::Closed << u"message-too-large"_s;
}

void tst_websocketclienttransport::hostileServers()
{
    QFETCH(QStringList, onConnected);
    QFETCH(QStringList, onConnect);
    QFETCH(ConnectionState, state);
    QFETCH(QString, code);
    ScriptedServer server;
    server.onConnected = [&](QWebSocket *peer) { play(peer, onConnected); };
    server.onText = [&](QWebSocket *peer, const QString &text) {
        if (text == "40"_L1)
            play(peer, onConnect);
    };
    Manager manager(server.url(), oneAttempt(code));
    Socket *socket = manager.socket();
    QTRY_COMPARE_WITH_TIMEOUT(socket->state(), state, 15'000);
    QCOMPARE(socket->lastError().code, code);
    QVERIFY(code.isEmpty() || !socket->lastError().message.isEmpty());
    // Of an attempt that its deadline ended, a busy server may never have heard.
    if (state == ConnectionState::Closed && code != "connect-timeout"_L1)
        QCOMPARE(server.connections(), 2);
}

void tst_websocketclienttransport::httpAnswers_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<bool>("hangUp");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("says");
    const QByteArray none = "Content-Length: 0\r\n\r\n";
    QTest::newRow("403") << QByteArray("HTTP/1.1 403 Forbidden\r\n") + none << false << u"http-error"_s
                         << u"HTTP 403"_s;
    QTest::newRow("401") << QByteArray("HTTP/1.1 401 Unauthorized\r\n") + none << false << u"http-error"_s
                         << u"HTTP 401"_s;
    QTest::newRow("404") << QByteArray("HTTP/1.1 404 Not Found\r\n") + none << false << u"http-error"_s
                         << u"HTTP 404"_s;
    QTest::newRow("500 and away") << QByteArray("HTTP/1.1 500 Oops\r\n") + none << true << u"http-error"_s
                                  << u"HTTP 500"_s;
    QTest::newRow("200") << QByteArray("HTTP/1.1 200 OK\r\n") + none << false << u"http-error"_s
                         << u"HTTP 200"_s;
    QTest::newRow("a wrong key") << QByteArray("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                                               "Connection: Upgrade\r\nSec-WebSocket-Accept: wrong\r\n\r\n")
                                 << false << u"http-error"_s << u"is not a Socket.IO server"_s;
    QTest::newRow("not HTTP") << QByteArray("SSH-2.0-OpenSSH_9.2\r\n\r\n") << false << u"http-error"_s
                              << u"is not a Socket.IO server"_s;
    QTest::newRow("nothing") << QByteArray() << true << u"transport-error"_s << u"hung up"_s;
    QTest::newRow("silence") << QByteArray() << false << u"connect-timeout"_s << u"did not answer in time"_s;
}

void tst_websocketclienttransport::httpAnswers()
{
    QFETCH(QByteArray, answer);
    QFETCH(bool, hangUp);
    QFETCH(QString, code);
    QFETCH(QString, says);
    const RawServer server(answer, hangUp);
    Manager manager(server.url(), oneAttempt(code));
    Socket *socket = manager.socket();
    QTRY_COMPARE(socket->state(), ConnectionState::Closed);
    QCOMPARE(socket->lastError().code, code);
    QVERIFY2(socket->lastError().message.contains(says), qPrintable(socket->lastError().message));
}

void tst_websocketclienttransport::nobodyListens()
{
    QUrl url;
    {
        const RawServer gone({}, true);
        url = gone.url();
    }
    Manager manager(url, oneAttempt());
    Socket *socket = manager.socket();
    QTRY_COMPARE(socket->state(), ConnectionState::Closed);
    QCOMPARE(socket->lastError().code, u"connection-refused"_s);
    QCOMPARE(socket->lastError().message,
             u"Nobody answers at 127.0.0.1:%1. Check that the server is running, then try again."_s.arg(
                 url.port()));
}

void tst_websocketclienttransport::unknownHost()
{
    ManagerOptions options = oneAttempt();
    options.timeout = 20s;
    Manager manager(QUrl(u"http://no-such-host.invalid"_s), options);
    Socket *socket = manager.socket();
    QTRY_COMPARE_WITH_TIMEOUT(socket->state(), ConnectionState::Closed, 40'000);
    QCOMPARE(socket->lastError().code, u"host-not-found"_s);
}

void tst_websocketclienttransport::tlsOnAPlainPort()
{
    const RawServer server("HTTP/1.1 400 Bad Request\r\n\r\n", true);
    QUrl url = server.url();
    url.setScheme(u"https"_s);
    Manager manager(url, oneAttempt());
    Socket *socket = manager.socket();
    QTRY_COMPARE(socket->state(), ConnectionState::Closed);
    QCOMPARE(socket->lastError().code, u"tls-error"_s);
}

void tst_websocketclienttransport::losesTheConnection_data()
{
    QTest::addColumn<QString>("how");
    QTest::newRow("with a close frame") << u"!"_s;
    QTest::newRow("without") << u"!!"_s;
}

void tst_websocketclienttransport::losesTheConnection()
{
    QFETCH(QString, how);
    ScriptedServer server;
    server.onConnected = [](QWebSocket *peer) { play(peer, {goodHandshake}); };
    server.onText = [&how](QWebSocket *peer, const QString &text) {
        play(peer, {text == "40"_L1 ? goodConnect : how});
    };
    Manager manager(server.url(), oneAttempt());
    Socket *socket = manager.socket();
    QSignalSpy disconnected(socket, &Socket::disconnected);
    QTRY_COMPARE(socket->state(), ConnectionState::Online);
    QVERIFY(socket->emitEvent(u"end"_s));
    QTRY_COMPARE(disconnected.size(), 1);
    QCOMPARE(disconnected.at(0).at(0).toString(), u"transport close"_s);
    QTRY_COMPARE(socket->state(), ConnectionState::Online);
}

void tst_websocketclienttransport::textOverManyFramesArrivesWhole()
{
    const QString text = u"4"_s + u"€🦉"_s.repeated(300'000);
    ScriptedServer server;
    server.onConnected = [&text](QWebSocket *peer) {
        // Between two code points: within one, QWebSocket would refuse it.
        peer->setOutgoingFrameSize(quint64(1 + 7 * 150'000));
        peer->sendTextMessage(text);
    };
    WebSocketClientTransport transport(atMost(10'000'000));
    QByteArray received;
    connect(&transport, &WebSocketClientTransport::packetReceived, this,
            [&](const EngineIo::Packet &packet) { received = packet.data; });
    QUrl url = server.url();
    url.setScheme(u"ws"_s);
    transport.open(QNetworkRequest(url));
    QTRY_COMPARE(received.size(), text.toUtf8().size() - 1);
    QCOMPARE(QString::fromUtf8(received), text.mid(1));
}

void tst_websocketclienttransport::sendsLongTextInOneFrame()
{
    // Qt cuts at 524288 bytes by default, here within a code point, and its reader then refuses the message.
    const QByteArray text = u"€"_s.repeated(400'000).toUtf8();
    ScriptedServer server;
    WebSocketClientTransport transport(atMost(1'000));
    QUrl url = server.url();
    url.setScheme(u"ws"_s);
    connect(&transport, &WebSocketClientTransport::opened, this, [&] {
        transport.send({EngineIo::PacketType::Message, text, false});
    });
    transport.open(QNetworkRequest(url));
    QTRY_COMPARE(server.received().size(), 1);
    QCOMPARE(server.received().at(0).toUtf8(), "4" + text);
}

void tst_websocketclienttransport::tooLargeAMessageEndsIt()
{
    ScriptedServer server;
    server.onConnected = [](QWebSocket *peer) { peer->sendBinaryMessage(QByteArray(1'001, 'x')); };
    WebSocketClientTransport transport(atMost(1'000));
    QSignalSpy closed(&transport, &WebSocketClientTransport::closed);
    QUrl url = server.url();
    url.setScheme(u"ws"_s);
    transport.open(QNetworkRequest(url));
    QTRY_COMPARE(closed.size(), 1);
    QCOMPARE(closed.at(0).at(0).value<Hubbub::Error>().code, u"message-too-large"_s);
}

void tst_websocketclienttransport::closesAlthoughThePeerDoesNot_data()
{
    QTest::addColumn<bool>("byPeer");
    QTest::newRow("we want to close") << false;
    QTest::newRow("the peer says that it closes") << true;
}

void tst_websocketclienttransport::closesAlthoughThePeerDoesNot()
{
    QFETCH(bool, byPeer);
    // Accepts the upgrade and then never reads again.
    BytesServer server;
    QTcpSocket *other = nullptr;
    server.onUpgraded = [&other](QTcpSocket *peer) {
        other = peer;
        peer->setReadBufferSize(1);
    };
    WebSocketClientTransport transport(atMost(1'000));
    QSignalSpy opened(&transport, &WebSocketClientTransport::opened);
    QSignalSpy closed(&transport, &WebSocketClientTransport::closed);
    transport.open(QNetworkRequest(server.url()));
    QTRY_COMPARE(opened.size(), 1);
    for (int i = 0; i < 64; ++i)
        transport.send({EngineIo::PacketType::Message, QByteArray(1'000'000, 'x'), true});
    QVERIFY(!transport.isWritable());
    QVERIFY(transport.bytesToWrite() > WebSocketClientTransport::highWaterMark);
    if (byPeer) // what waits would have to leave before the answer to that
        other->write(BytesServer::frame(0x88, "\x03\xe8"));
    else
        transport.close();
    QTRY_COMPARE_WITH_TIMEOUT(closed.size(), 1, 30'000);
    QCOMPARE(closed.at(0).at(0).value<Hubbub::Error>().code, u"transport-close"_s);
}

void tst_websocketclienttransport::reportsWhatWaits()
{
    ScriptedServer server;
    WebSocketClientTransport transport(atMost(1'000));
    QSignalSpy opened(&transport, &WebSocketClientTransport::opened);
    QSignalSpy written(&transport, &WebSocketClientTransport::bytesWritten);
    QVERIFY(!transport.isWritable());
    QUrl url = server.url();
    url.setScheme(u"ws"_s);
    transport.open(QNetworkRequest(url));
    QTRY_COMPARE(opened.size(), 1);
    QVERIFY(transport.isWritable());
    transport.send({EngineIo::PacketType::Message, QByteArray(100'000, 'x'), true});
    QVERIFY(!transport.isWritable());
    QTRY_VERIFY(transport.isWritable());
    QVERIFY(!written.isEmpty());
}

void tst_websocketclienttransport::losesNothingWhenTrimmed()
{
    ScriptedServer server;
    server.onText = [](QWebSocket *peer, const QString &text) { peer->sendTextMessage(text); };
    WebSocketClientTransport transport(atMost(10'000'000));
    QByteArrayList received;
    connect(&transport, &WebSocketClientTransport::packetReceived, this,
            [&](const EngineIo::Packet &packet) { received.append(packet.data); });
    QSignalSpy opened(&transport, &WebSocketClientTransport::opened);
    transport.trim(); // nothing to be trimmed yet
    QUrl url = server.url();
    url.setScheme(u"ws"_s);
    transport.open(QNetworkRequest(url));
    QTRY_COMPARE(opened.size(), 1);
    QByteArrayList sent;
    for (int i = 0; i < 20; ++i) {
        // Every other one is trimmed while it waits, the rest once the answer is there.
        sent.append(QByteArray::number(i) + QByteArray(i % 4 == 0 ? 2'000'000 : 10, 'x'));
        transport.send({EngineIo::PacketType::Message, sent.last(), false});
        transport.trim();
        if (i % 2 == 0)
            QTRY_COMPARE(received.size(), sent.size());
        transport.trim();
    }
    QTRY_COMPARE(received.size(), sent.size());
    QVERIFY(received == sent);
    QSignalSpy closed(&transport, &WebSocketClientTransport::closed);
    transport.close();
    transport.trim();
    QTRY_COMPARE(closed.size(), 1);
}

void tst_websocketclienttransport::destroyedInItsSignals_data()
{
    QTest::addColumn<QString>("signal");
    for (const char *signal : {"opened", "packet", "closed", "written"})
        QTest::addRow("%s", signal) << QString::fromLatin1(signal);
}

void tst_websocketclienttransport::destroyedInItsSignals()
{
    QFETCH(QString, signal);
    ScriptedServer server;
    server.onConnected = [](QWebSocket *peer) { play(peer, {u"2"_s, u"2"_s}); };
    server.onText = [](QWebSocket *peer, const QString &) { peer->close(); };
    auto transport = std::make_unique<WebSocketClientTransport>(atMost(1'000));
    const auto destroyAt = [&](QLatin1StringView where) {
        if (signal == where)
            transport.reset();
    };
    connect(transport.get(), &WebSocketClientTransport::opened, this, [&] {
        transport->send({EngineIo::PacketType::Message, "x", false});
        destroyAt("opened"_L1);
    });
    connect(transport.get(), &WebSocketClientTransport::packetReceived, this,
            [&] { destroyAt("packet"_L1); });
    connect(transport.get(), &WebSocketClientTransport::bytesWritten, this, [&] { destroyAt("written"_L1); });
    connect(transport.get(), &WebSocketClientTransport::closed, this, [&] { destroyAt("closed"_L1); });
    QUrl url = server.url();
    url.setScheme(u"ws"_s);
    transport->open(QNetworkRequest(url));
    QTRY_VERIFY(!transport);
    QTRY_COMPARE(server.connections(), 1);
}

void tst_websocketclienttransport::sentences_data()
{
    QTest::addColumn<int>("error");
    QTest::addColumn<bool>("reached");
    QTest::addColumn<QString>("detail");
    QTest::addColumn<bool>("distrusted");
    QTest::addColumn<QString>("code");
    const bool none = false;
    QTest::newRow("self-signed") << int(QAbstractSocket::SslHandshakeFailedError) << true << u"x"_s << true
                                 << u"untrusted-certificate"_s;
    QTest::newRow("no TLS there") << int(QAbstractSocket::SslHandshakeFailedError) << true << u"x"_s << none
                                  << u"tls-error"_s;
    QTest::newRow("wants a certificate")
        << int(QAbstractSocket::SslInternalError) << true
        << u"Error while reading: error:0A00045C:SSL routines::tlsv13 alert certificate required"_s << none
        << u"client-certificate-required"_s;
    QTest::newRow("proxy") << int(QAbstractSocket::ProxyAuthenticationRequiredError) << false << u"x"_s
                           << none << u"proxy-error"_s;
    QTest::newRow("no route") << int(QAbstractSocket::NetworkError) << false << u"x"_s << none
                              << u"transport-error"_s;
    QTest::newRow("refused") << int(QAbstractSocket::ConnectionRefusedError) << false << u"x"_s << none
                             << u"connection-refused"_s;
    QTest::newRow("HTTP 502") << int(QAbstractSocket::ConnectionRefusedError) << true << u"code: 502 (Bad)"_s
                              << none << u"http-error"_s;
    QTest::newRow("anything else") << int(QAbstractSocket::UnknownSocketError) << false << QString() << none
                                   << u"transport-error"_s;
}

void tst_websocketclienttransport::sentences()
{
    QFETCH(int, error);
    QFETCH(bool, reached);
    QFETCH(QString, detail);
    QFETCH(bool, distrusted);
    QFETCH(QString, code);
    const Hubbub::Error distrust{u"untrusted-certificate"_s, u"chat.example.org:8443 is not trusted."_s, {}};
    const Hubbub::Error made =
        EngineIo::openError({.error = QAbstractSocket::SocketError(error),
                             .url = QUrl(u"wss://chat.example.org:8443/socket.io/"_s),
                             .detail = detail,
                             .reachedServer = reached,
                             .distrust = distrusted ? std::optional(distrust) : std::nullopt});
    QCOMPARE(made.code, code);
    QVERIFY(made.message.contains("chat.example.org:8443"_L1));
    QVERIFY(made.message.endsWith(u'.'));
}

QTEST_GUILESS_MAIN(tst_websocketclienttransport)
#include "tst_websocketclienttransport.moc"
