// SPDX-License-Identifier: MIT
#include "libclient/client/engineurl.h"
#include "libclient/client/manager.h"
#include "libclient/client/socket.h"
#include "tests/support/faketransport.h"

#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using SocketIo::ConnectionState;
using SocketIo::Manager;
using SocketIo::ManagerOptions;
using SocketIo::Socket;

namespace
{
const QUrl server(u"http://chat.example.org"_s);
const auto accept = [](FakeTransport *transport, const QByteArray &nsp = {}) {
    transport->receive("40" + nsp + R"({"sid":"s1"})");
};
} // namespace

class tst_manager : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void urls_data();
    void urls();
    void badUrlsAreNotTriedAgain();
    void headersAndQueryReachTheTransport();
    void waitsLongerAfterEachFailure();
    void givesUpAfterTheLastAttempt();
    void doesNotReconnectWhenToldNotTo();
    void reconnectNowEndsAWait();
    void attemptsGrowWhileNoNamespaceAnswers();
    void handshakeHasADeadline();
    void untrustedServersAreNotTriedAgain();
    void closesWhenNobodyIsLeft();
    void closeEndsEverything();
    void opensWithoutSockets();
    void aSilentNamespaceDoesNotDisturbTheOthers();
    void garbageEndsTheConnection_data();
    void garbageEndsTheConnection();
    void destroyedInEveryStage_data();
    void destroyedInEveryStage();
};

void tst_manager::urls_data()
{
    QTest::addColumn<QUrl>("url");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("expected");
    const QString standard = u"/socket.io/"_s;
    QTest::newRow("http") << QUrl(u"http://a.org"_s) << standard
                          << QByteArray("ws://a.org/socket.io/?EIO=4&transport=websocket");
    QTest::newRow("https") << QUrl(u"https://a.org:8443/x"_s) << standard
                           << QByteArray("wss://a.org:8443/socket.io/?EIO=4&transport=websocket");
    QTest::newRow("ws") << QUrl(u"WS://a.org"_s) << u"io"_s
                        << QByteArray("ws://a.org/io/?EIO=4&transport=websocket");
    QTest::newRow("wss, IPv6") << QUrl(u"wss://[::1]:1"_s) << u"/a/b"_s
                               << QByteArray("wss://[::1]:1/a/b/?EIO=4&transport=websocket");
    QTest::newRow("no scheme") << QUrl(u"a.org"_s) << standard << QByteArray();
    QTest::newRow("ftp") << QUrl(u"ftp://a.org"_s) << standard << QByteArray();
    QTest::newRow("no host") << QUrl(u"http://"_s) << standard << QByteArray();
    QTest::newRow("empty") << QUrl() << standard << QByteArray();
}

void tst_manager::urls()
{
    QFETCH(QUrl, url);
    QFETCH(QString, path);
    QFETCH(QByteArray, expected);
    ManagerOptions options;
    options.path = path;
    const auto made = SocketIo::engineUrl(url, options, u"websocket"_s);
    QCOMPARE(made.has_value(), !expected.isEmpty());
    if (made)
        QCOMPARE(made->toEncoded(), expected);
    else
        QCOMPARE(made.error().code, u"invalid-url"_s);
}

void tst_manager::badUrlsAreNotTriedAgain()
{
    FakeNetwork network;
    Manager manager(QUrl(u"nonsense"_s), network.options());
    Socket *socket = manager.socket();
    QSignalSpy errors(socket, &Socket::connectError);
    QTRY_COMPARE(errors.size(), 1);
    QCOMPARE(socket->state(), ConnectionState::Closed);
    QCOMPARE(socket->lastError().code, u"invalid-url"_s);
    QCOMPARE(network.count(), 0);
}

void tst_manager::headersAndQueryReachTheTransport()
{
    FakeNetwork network;
    ManagerOptions options = network.options();
    options.query.addQueryItem(u"token"_s, u"a+b=c&d"_s);
    options.extraHeaders.insert("Cookie", "session=1");
    Manager manager(server, options);
    manager.open();
    QCOMPARE(network.transport()->request.url().toEncoded(),
             QByteArray("ws://chat.example.org/socket.io/?EIO=4&transport=websocket&token=a%2Bb%3Dc%26d"));
    QCOMPARE(network.transport()->request.rawHeader("Cookie"), QByteArray("session=1"));
}

void tst_manager::waitsLongerAfterEachFailure()
{
    FakeNetwork network;
    Manager manager(server, network.options());
    Socket *socket = manager.socket();
    QSignalSpy attempts(&manager, &Manager::reconnectAttempt);
    QSignalSpy errors(&manager, &Manager::errorOccurred);
    QSignalSpy reconnected(&manager, &Manager::reconnected);
    QTRY_COMPARE(network.count(), 1);
    for (int failure = 1; failure <= 4; ++failure) {
        const QDateTime before = QDateTime::currentDateTimeUtc();
        network.transport()->lose(u"connection-refused"_s);
        QCOMPARE(socket->state(), ConnectionState::Waiting);
        QCOMPARE(socket->attempt(), failure);
        QCOMPARE(socket->lastError().code, u"connection-refused"_s);
        const int wait = std::min(10 << (failure - 1), 40);
        QVERIFY(before.msecsTo(socket->retryAt()) >= wait);
        QTRY_COMPARE(network.count(), failure + 1);
        QVERIFY(socket->retryAt().isNull());
        QCOMPARE(attempts.constLast().at(0).toInt(), failure);
    }
    QCOMPARE(errors.size(), 4);
    network.transport()->shakeHands();
    QCOMPARE(reconnected.size(), 0); // the namespace has not answered
    accept(network.transport());
    QCOMPARE(socket->state(), ConnectionState::Online);
    QCOMPARE(reconnected.size(), 1);
    QCOMPARE(reconnected.at(0).at(0).toInt(), 4);
    QCOMPARE(socket->attempt(), 0);
}

void tst_manager::givesUpAfterTheLastAttempt()
{
    FakeNetwork network;
    ManagerOptions options = network.options();
    options.reconnectionAttempts = 2;
    Manager manager(server, options);
    Socket *socket = manager.socket();
    QSignalSpy failed(&manager, &Manager::reconnectFailed);
    for (int attempt = 1; attempt <= 3; ++attempt) {
        QTRY_COMPARE(network.count(), attempt);
        QCOMPARE(failed.size(), 0);
        network.transport()->lose(u"connection-refused"_s);
    }
    QCOMPARE(failed.size(), 1);
    QCOMPARE(socket->state(), ConnectionState::Closed);
    QVERIFY(!socket->isActive());
    socket->connectToServer(); // by hand it starts from the beginning
    QCOMPARE(network.count(), 4);
    QCOMPARE(socket->state(), ConnectionState::Connecting);
    network.transport()->lose(u"connection-refused"_s);
    QCOMPARE(socket->attempt(), 1);
}

void tst_manager::doesNotReconnectWhenToldNotTo()
{
    FakeNetwork network;
    ManagerOptions options = network.options();
    options.reconnection = false;
    Manager manager(server, options);
    Socket *socket = manager.socket();
    QTRY_COMPARE(network.count(), 1);
    network.transport()->shakeHands();
    accept(network.transport());
    QCOMPARE(socket->state(), ConnectionState::Online);
    network.transport()->lose(u"transport-close"_s);
    QCOMPARE(socket->state(), ConnectionState::Closed);
    QCOMPARE(socket->lastError().code, u"transport-close"_s);
}

void tst_manager::reconnectNowEndsAWait()
{
    FakeNetwork network;
    ManagerOptions options = network.options();
    options.reconnectionDelay = options.reconnectionDelayMax = 1h;
    Manager manager(server, options);
    manager.reconnectNow(); // nothing to end
    QCOMPARE(network.count(), 0);
    Socket *socket = manager.socket();
    QTRY_COMPARE(network.count(), 1);
    network.transport()->lose(u"transport-error"_s);
    QCOMPARE(socket->state(), ConnectionState::Waiting);
    Socket *late = manager.socket(u"/late"_s);
    late->connectToServer();
    QCOMPARE(late->state(), ConnectionState::Waiting); // joins the wait
    manager.reconnectNow();
    QCOMPARE(network.count(), 2);
    QCOMPARE(socket->state(), ConnectionState::Connecting);
    QCOMPARE(late->state(), ConnectionState::Connecting);
    manager.reconnectNow();
    QCOMPARE(network.count(), 2);
}

void tst_manager::attemptsGrowWhileNoNamespaceAnswers()
{
    FakeNetwork network;
    Manager manager(server, network.options());
    Socket *socket = manager.socket();
    for (int attempt = 1; attempt <= 3; ++attempt) {
        QTRY_COMPARE(network.count(), attempt);
        network.transport()->shakeHands();
        QCOMPARE(socket->state(), ConnectionState::Handshaking);
        network.transport()->lose(u"transport-close"_s); // a server that lets in and throws out
        QCOMPARE(socket->attempt(), attempt);
    }
}

void tst_manager::handshakeHasADeadline()
{
    FakeNetwork network;
    ManagerOptions options = network.options();
    options.timeout = 20ms;
    options.reconnectionAttempts = 1;
    Manager manager(server, options);
    Socket *socket = manager.socket();
    QTRY_COMPARE(socket->state(), ConnectionState::Closed);
    QCOMPARE(socket->lastError().code, u"connect-timeout"_s);
    QCOMPARE(network.count(), 2);
}

void tst_manager::untrustedServersAreNotTriedAgain()
{
    FakeNetwork network;
    Manager manager(server, network.options());
    Socket *socket = manager.socket();
    QTRY_COMPARE(network.count(), 1);
    network.transport()->lose(u"untrusted-certificate"_s);
    QCOMPARE(socket->state(), ConnectionState::Untrusted);
    QVERIFY(!socket->isActive());
    QCOMPARE(manager.readyState(), Manager::ReadyState::Closed);
    socket->connectToServer();
    QCOMPARE(socket->state(), ConnectionState::Connecting);
}

void tst_manager::closesWhenNobodyIsLeft()
{
    FakeNetwork network;
    Manager manager(server, network.options());
    Socket *first = manager.socket();
    Socket *second = manager.socket(u"/second"_s);
    QSignalSpy closed(&manager, &Manager::closed);
    QTRY_COMPARE(second->state(), ConnectionState::Connecting);
    network.transport()->shakeHands();
    accept(network.transport());
    accept(network.transport(), "/second,");
    FakeTransport *transport = network.transport();
    first->disconnectFromServer();
    QCOMPARE(closed.size(), 0);
    delete second;
    QCOMPARE(transport->sent.last(2), (QByteArrayList{"41", "41/second,"}));
    QVERIFY(transport->closing);
    QCOMPARE(closed.size(), 1);
    QCOMPARE(closed.at(0).at(0).toString(), u"forced close"_s);
    QTRY_VERIFY(!network.transport()); // it is gone once it said goodbye
    QTRY_COMPARE(manager.socket(u"/second"_s)->state(), ConnectionState::Connecting); // another one
}

void tst_manager::closeEndsEverything()
{
    FakeNetwork network;
    Manager manager(server, network.options());
    Socket *socket = manager.socket();
    Socket *handshaking = manager.socket(u"/other"_s);
    QSignalSpy disconnected(socket, &Socket::disconnected);
    QTRY_COMPARE(handshaking->state(), ConnectionState::Connecting);
    network.transport()->shakeHands();
    accept(network.transport());
    manager.close();
    QCOMPARE(socket->state(), ConnectionState::Offline);
    QCOMPARE(handshaking->state(), ConnectionState::Offline);
    QCOMPARE(disconnected.size(), 1);
    QCOMPARE(disconnected.at(0).at(0).toString(), u"forced close"_s);
    QVERIFY(!socket->isActive());
    manager.close();
    socket->connectToServer();
    QCOMPARE(network.count(), 2);
    manager.close(); // while opening
    QCOMPARE(socket->state(), ConnectionState::Offline);
    QVERIFY(!network.transport());
}

void tst_manager::opensWithoutSockets()
{
    FakeNetwork network;
    Manager manager(server, network.options());
    QSignalSpy opened(&manager, &Manager::opened);
    QSignalSpy reconnected(&manager, &Manager::reconnected);
    manager.open();
    QCOMPARE(manager.readyState(), Manager::ReadyState::Opening);
    network.transport()->shakeHands();
    QCOMPARE(manager.readyState(), Manager::ReadyState::Open);
    QCOMPARE(manager.transportName(), u"fake"_s);
    QCOMPARE(opened.size(), 1);
    network.transport()->lose(u"transport-close"_s);
    QTRY_COMPARE(network.count(), 2);
    network.transport()->shakeHands();
    QCOMPARE(reconnected.size(), 1);
    QVERIFY(network.transport()->sent.isEmpty());
}

void tst_manager::aSilentNamespaceDoesNotDisturbTheOthers()
{
    FakeNetwork network;
    ManagerOptions options = network.options();
    options.timeout = 30ms;
    Manager manager(server, options);
    Socket *good = manager.socket();
    Socket *mute = manager.socket(u"/mute"_s);
    QSignalSpy errors(mute, &Socket::connectError);
    QTRY_COMPARE(mute->state(), ConnectionState::Connecting);
    network.transport()->shakeHands();
    accept(network.transport());
    QTRY_COMPARE(mute->state(), ConnectionState::Waiting);
    QVERIFY(mute->retryAt().isValid());
    QCOMPARE(mute->lastError().code, u"connect-timeout"_s);
    QCOMPARE(good->state(), ConnectionState::Online);
    QTRY_COMPARE(errors.size(), 2); // it waits again
    QCOMPARE(network.transport()->sent.count("40/mute,"), 1); // but asks once
    accept(network.transport(), "/mute,"); // late is better than never
    QCOMPARE(mute->state(), ConnectionState::Online);
    QCOMPARE(network.count(), 1);
}

void tst_manager::garbageEndsTheConnection_data()
{
    QTest::addColumn<QByteArray>("message");
    for (const char *message :
         {"4", "47", "4abc", "42", "42{}", "42[]", "42[\"connect\"]", "43", "50-[\"x\"]", "45999999-[\"x\"]",
          "451-[\"x\",{\"_placeholder\":true,\"num\":0}]\x1f", "42[\"x\"", "44{\"message\":\"no\"}", "bAAEC"})
        QTest::addRow("%s", message) << QByteArray(message);
}

void tst_manager::garbageEndsTheConnection()
{
    QFETCH(QByteArray, message);
    FakeNetwork network;
    Manager manager(server, network.options());
    Socket *socket = manager.socket();
    QSignalSpy disconnected(socket, &Socket::disconnected);
    QTRY_COMPARE(network.count(), 1);
    network.transport()->shakeHands();
    accept(network.transport());
    network.transport()->receive(message);
    if (disconnected.isEmpty() && network.transport())
        network.transport()->receive("4text instead of an attachment");
    QCOMPARE(disconnected.size(), 1);
    QCOMPARE(disconnected.at(0).at(0).toString(), u"parse error"_s);
    QCOMPARE(socket->state(), ConnectionState::Waiting);
    QTRY_COMPARE(network.count(), 2);
}

void tst_manager::destroyedInEveryStage_data()
{
    QTest::addColumn<QString>("stage");
    for (const char *stage : {"stateChanged", "connected", "disconnected", "connectError", "event", "any",
                              "ack", "auth", "opened", "closed", "errorOccurred", "reconnectAttempt",
                              "readyStateChanged", "pinged", "bufferedCountChanged", "roundTripChanged"})
        QTest::addRow("%s", stage) << QString::fromLatin1(stage);
}

void tst_manager::destroyedInEveryStage()
{
    QFETCH(QString, stage);
    for (const bool onlyTheSocket : {false, true}) {
        FakeNetwork network;
        auto manager = std::make_unique<Manager>(server, network.options());
        QPointer<Socket> socket = manager->socket();
        QPointer<Manager> alive(manager.get());
        bool happened = false;
        const auto destroy = [&](const char *where) {
            if (stage != QLatin1StringView(where) || happened)
                return;
            happened = true;
            if (onlyTheSocket)
                delete socket.data();
            else
                manager.reset();
        };
        connect(socket, &Socket::stateChanged, this, [&] { destroy("stateChanged"); });
        connect(socket, &Socket::connected, this, [&] { destroy("connected"); });
        connect(socket, &Socket::disconnected, this, [&] { destroy("disconnected"); });
        connect(socket, &Socket::connectError, this, [&] { destroy("connectError"); });
        connect(socket, &Socket::bufferedCountChanged, this, [&] { destroy("bufferedCountChanged"); });
        connect(socket, &Socket::roundTripChanged, this, [&] { destroy("roundTripChanged"); });
        connect(manager.get(), &Manager::opened, this, [&] { destroy("opened"); });
        connect(manager.get(), &Manager::closed, this, [&] { destroy("closed"); });
        connect(manager.get(), &Manager::errorOccurred, this, [&] { destroy("errorOccurred"); });
        connect(manager.get(), &Manager::reconnectAttempt, this, [&] { destroy("reconnectAttempt"); });
        connect(manager.get(), &Manager::readyStateChanged, this, [&] { destroy("readyStateChanged"); });
        connect(manager.get(), &Manager::pinged, this, [&] { destroy("pinged"); });
        socket->on(u"x"_s, this, [&] { destroy("event"); });
        socket->onAny(this, SocketIo::makeHandler([&](const SocketIo::Event &) { destroy("any"); }));
        socket->setAuth([&](const std::function<void(QCborMap)> &answer) {
            destroy("auth");
            answer({});
        });
        QString ackCode;
        socket->emitWithAck(u"ask"_s, {}, 1min).then([&](const Hubbub::Result<SocketIo::Arguments> &answer) {
            ackCode = answer ? u"answered"_s : answer.error().code;
            destroy("ack");
        });
        const auto peer = [&](const std::function<void(FakeTransport *)> &act) {
            if (FakeTransport *transport = network.transport(); transport && !happened)
                act(transport);
        };
        QTRY_VERIFY(happened || network.count() == 1);
        peer([](FakeTransport *transport) { transport->lose(u"transport-error"_s); });
        QTRY_VERIFY(happened || network.count() == 2);
        peer([](FakeTransport *transport) { transport->shakeHands(); });
        peer([](FakeTransport *transport) { accept(transport); });
        peer([](FakeTransport *transport) { transport->receive("42[\"x\"]"); });
        peer([](FakeTransport *transport) { transport->receive("430[1]"); });
        peer([](FakeTransport *transport) { transport->receive("2"); });
        peer([](FakeTransport *transport) { transport->receive("1"); });
        QVERIFY2(happened, qPrintable(stage));
        QVERIFY(!ackCode.isEmpty()); // an ack ends whatever happens
        QCOMPARE(alive.isNull(), !onlyTheSocket);
        QVERIFY(socket.isNull());
    }
}

QTEST_GUILESS_MAIN(tst_manager)
#include "tst_manager.moc"
