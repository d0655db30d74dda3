// SPDX-License-Identifier: MIT
// What of socket.io-client's Socket, Manager and io() is not in tst_socket and tst_manager; most of it on a
// real server.
#include "libclient/client/managerpool.h"
#include "libclient/client/socket.h"
#include "server-lite/core/server.h"
#include "server-lite/core/serversocket.h"
#include "tests/chaos/chaosproxy.h"
#include "tests/support/faketransport.h"

#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using SocketIo::Arguments;
using SocketIo::BufferPolicy;
using SocketIo::ConnectionState;
using SocketIo::Manager;
using SocketIo::ManagerOptions;
using SocketIo::ManagerPool;
using SocketIo::Socket;
using SocketIo::SocketOptions;
using SocketIo::TappedPacket;

namespace
{

struct Sum {
    Q_GADGET
    Q_PROPERTY(int total MEMBER total)
    Q_PROPERTY(QStringList names MEMBER names)
public:
    int total = 0;
    QStringList names;
};

QString codeOf(const QFuture<Hubbub::Result<Arguments>> &future)
{
    if (!future.isFinished())
        return u"pending"_s;
    return future.result() ? u"answered"_s : future.result().error().code;
}

ManagerOptions quick()
{
    ManagerOptions options;
    options.reconnectionDelay = 10ms;
    options.reconnectionDelayMax = 20ms;
    return options;
}

} // namespace

class tst_socketapi : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void onceIsForOneEventThatFits();
    void offRemoves();
    void anyListenersInTheirOrder();
    void outgoingListeners();
    void sendIsAMessage();
    void flagsAreForOneEmit();
    void emittersOutliveTheirSocket();
    void typedRequests();
    void cancelledRequestsAreNotSent();
    void clearedAndDroppedEventsAreTold();
    void nothingIsBufferedIfNotWanted();
    void retriesUntilAnswered();
    void retriesEnd();
    void retriesSurviveTheConnection();
    void aNewSessionForgetsTheOldOne();
    void recoversWhatWasMissed();
    void theServersGoodbyeEndsRecovery();
    void poolSharesConnections();
    void settersCountFromNowOn();
    void reconnectErrors();
    void reachabilityReconnectsAtOnce();
    void statisticsAndTap();
    void tapsEndWithTheirContext();

private:
    SocketIo::Server &serve(SocketIo::ServerOptions options = {});

    std::unique_ptr<FakeNetwork> m_network;
    std::unique_ptr<Manager> m_fake; ///< on m_network
    Socket *m_socket = nullptr; ///< of m_fake
    FakeTransport *transport() { return m_network->transport(); }
    QByteArrayList takeSent() { return std::exchange(transport()->sent, {}); }
    void goOnline();
    std::unique_ptr<SocketIo::Server> m_server;
    QPointer<SocketIo::ServerSocket> m_peer;
};

void tst_socketapi::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_network = std::make_unique<FakeNetwork>();
    m_fake = std::make_unique<Manager>(QUrl(u"http://chat.example.org"_s), m_network->options());
    m_socket = m_fake->socket();
    m_socket->connectToServer();
}

void tst_socketapi::cleanup()
{
    m_fake.reset();
    m_server.reset();
}

void tst_socketapi::goOnline()
{
    QTRY_VERIFY(transport() && !transport()->aborted);
    transport()->shakeHands();
    transport()->receive(R"(40{"sid":"s1"})");
    QTRY_COMPARE(m_socket->state(), ConnectionState::Online);
    takeSent();
}

SocketIo::Server &tst_socketapi::serve(SocketIo::ServerOptions options)
{
    m_server = std::make_unique<SocketIo::Server>(std::move(options));
    connect(m_server->of(u"/"_s), &SocketIo::Namespace::connection, this,
            [this](SocketIo::ServerSocket *peer) {
                m_peer = peer;
                peer->on(u"echo"_s, peer, [](const SocketIo::Event &event) { event.ack(event.arguments); });
            });
    if (!m_server->listen(QHostAddress::LocalHost))
        qFatal("the server does not listen");
    return *m_server;
}

void tst_socketapi::onceIsForOneEventThatFits()
{
    QList<int> heard;
    QStringList codes;
    connect(m_socket, &Socket::argumentMismatch, this,
            [&](const Hubbub::Error &error) { codes += error.message + u" | "_s + error.cause; });
    m_socket->once(u"x"_s, this, [&](int n) { heard += n; });
    goOnline();
    QCOMPARE(m_socket->listenerCount(u"x"_s), 1);
    transport()->receive(R"(42["x","one"])");
    transport()->receive(R"(42["x",2])");
    transport()->receive(R"(42["x",3])");
    QCOMPARE(heard, QList{2});
    QCOMPARE(codes, QStringList{u"Event \"x\": argument 1 is not a whole number in range. | got text"_s});
    QVERIFY(!m_socket->hasListeners(u"x"_s));
}

void tst_socketapi::offRemoves()
{
    QStringList calls;
    QObject other;
    goOnline();
    m_socket->on(u"x"_s, this, [&] {
        calls += u"first"_s;
        m_socket->off(u"x"_s, &other); // it is next, but not any more
    });
    m_socket->on(u"x"_s, &other, [&] { calls += u"other"_s; });
    m_socket->on(u"y"_s, this, [&] { calls += u"y"_s; });
    transport()->receive(R"(42["x"])");
    QCOMPARE(calls, QStringList{u"first"_s});
    m_socket->off(u"x"_s);
    QCOMPARE(m_socket->listenerCount(u"x"_s), 0);
    QCOMPARE(m_socket->listenerCount(u"y"_s), 1);
    m_socket->off();
    transport()->receive(R"(42["x"])");
    transport()->receive(R"(42["y"])");
    QCOMPARE(calls.size(), 1);
}

void tst_socketapi::anyListenersInTheirOrder()
{
    QStringList calls;
    QObject other;
    goOnline();
    m_socket->on(u"x"_s, this, [&] { calls += u"named"_s; });
    m_socket->onAny(this, [&](const SocketIo::Event &) { calls += u"second"_s; });
    m_socket->prependAny(&other, [&](const SocketIo::Event &) { calls += u"first"_s; });
    QCOMPARE(m_socket->listenersAny(), 2);
    transport()->receive(R"(42["x"])");
    QCOMPARE(calls, (QStringList{u"first"_s, u"second"_s, u"named"_s}));
    m_socket->offAny(&other);
    transport()->receive(R"(42["x"])");
    QCOMPARE(calls.mid(3), (QStringList{u"second"_s, u"named"_s}));
    m_socket->offAny();
    QCOMPARE(m_socket->listenersAny(), 0);
    transport()->receive(R"(42["x"])");
    QCOMPARE(calls.mid(5), QStringList{u"named"_s});
}

void tst_socketapi::outgoingListeners()
{
    QStringList calls;
    QObject other;
    m_socket->onAnyOutgoing(this, [&](const SocketIo::Event &event) { calls += u"2 "_s + event.name; });
    m_socket->prependAnyOutgoing(&other,
                                 [&](const SocketIo::Event &event) { calls += u"1 "_s + event.name; });
    QCOMPARE(m_socket->listenersAnyOutgoing(), 2);
    QVERIFY(m_socket->emitEvent(u"a"_s));
    QVERIFY(calls.isEmpty()); // when it goes, not before
    goOnline();
    QCOMPARE(calls, (QStringList{u"1 a"_s, u"2 a"_s}));
    m_socket->offAnyOutgoing(&other);
    QVERIFY(m_socket->emitEvent(u"b"_s));
    QCOMPARE(calls.mid(2), QStringList{u"2 b"_s});
    m_socket->offAnyOutgoing();
    QVERIFY(m_socket->emitEvent(u"c"_s));
    QCOMPARE(calls.size(), 3);
}

void tst_socketapi::sendIsAMessage()
{
    goOnline();
    QVERIFY(m_socket->send(u"a"_s, 1));
    QVERIFY(m_socket->compress(false).send(2));
    QCOMPARE(takeSent(), (QByteArrayList{R"(42["message","a",1])", R"(42["message",2])"}));
}

void tst_socketapi::flagsAreForOneEmit()
{
    QCOMPARE(m_socket->asVolatile().emitEvent(u"x"_s, 1).error().code, u"not-sent"_s);
    QCOMPARE(codeOf(m_socket->asVolatile().emitWithAck(u"x"_s, {1})), u"not-sent"_s);
    QVERIFY(m_socket->emitEvent(u"x"_s, 2)); // not volatile: it waits
    QCOMPARE(m_socket->bufferedCount(), 1);
    const auto brief = m_socket->timeout(1ms).emitWithAck(u"x"_s, {3});
    const auto patient = m_socket->emitWithAck(u"x"_s, {4}, 1h);
    QTRY_COMPARE(codeOf(brief), u"ack-timeout"_s);
    QCOMPARE(codeOf(patient), u"pending"_s);
    goOnline();
    QVERIFY(m_socket->asVolatile().emitEvent(u"x"_s, 5));
    QCOMPARE(takeSent(), QByteArrayList{R"(42["x",5])"});
    QCOMPARE(m_fake->statistics().volatileDropped, 2u);
}

void tst_socketapi::emittersOutliveTheirSocket()
{
    const SocketIo::ClientEmitter emitter = m_socket->timeout(1s);
    m_fake.reset();
    QCOMPARE(emitter.emitEvent(u"x"_s).error().code, u"disconnected"_s);
    QCOMPARE(codeOf(emitter.emitWithAck(u"x"_s, {})), u"disconnected"_s);
}

void tst_socketapi::typedRequests()
{
    Manager manager(serve().url(), quick());
    Socket *socket = manager.socket();
    auto sum = socket->request<Sum>(u"echo"_s, Sum{3, {u"a"_s, u"b"_s}});
    QTRY_VERIFY(sum.isFinished());
    QVERIFY(sum.result());
    QCOMPARE(sum.result()->total, 3);
    QCOMPARE(sum.result()->names, (QStringList{u"a"_s, u"b"_s}));
    auto bytes = socket->timeout(5s).request<QByteArray>(u"echo"_s, "\1\2"_ba);
    auto list = socket->request<QList<qint64>>(u"echo"_s, QList<qint64>{1, 1LL << 53});
    auto none = socket->request<std::optional<QString>>(u"echo"_s);
    auto wrong = socket->request<Sum>(u"echo"_s, QCborMap{{u"names"_s, QCborArray{u"a"_s, 7}}});
    auto refused = socket->request<int>(u"connect"_s, 1);
    QTRY_VERIFY(bytes.isFinished() && list.isFinished() && none.isFinished() && wrong.isFinished());
    QCOMPARE(bytes.result().value(), "\1\2"_ba);
    QCOMPARE(list.result().value(), (QList<qint64>{1, 1LL << 53}));
    QVERIFY(none.result() && !none.result()->has_value());
    QCOMPARE(wrong.result().error(),
             (Hubbub::Error{u"answer-mismatch"_s, u"The answer to \"echo\" is not Sum."_s,
                            u"names[1]: got the number 7"_s}));
    QCOMPARE(refused.result().error().code, u"reserved-event"_s);
}

void tst_socketapi::cancelledRequestsAreNotSent()
{
    auto unwanted = m_socket->emitWithAck(u"x"_s, {1});
    const auto wanted = m_socket->emitWithAck(u"x"_s, {2});
    unwanted.cancel();
    transport()->shakeHands();
    takeSent();
    transport()->receive(R"(40{"sid":"s1"})");
    QCOMPARE(takeSent(), QByteArrayList{R"(421["x",2])"});
    QVERIFY(unwanted.isCanceled());
}

void tst_socketapi::clearedAndDroppedEventsAreTold()
{
    ManagerOptions options = m_network->options();
    options.bufferPolicy = BufferPolicy::DropOldest;
    options.maxBufferedPackets = 2;
    options.maxBufferedBytes = 100;
    Manager manager(QUrl(u"http://chat.example.org"_s), options);
    Socket *socket = manager.socket();
    QSignalSpy dropped(socket, &Socket::eventDropped);
    QVERIFY(socket->emitEvent(u"a"_s));
    const auto asked = socket->emitWithAck(u"b"_s, {});
    QVERIFY(socket->emitEvent(u"c"_s));
    QCOMPARE(dropped.size(), 1);
    QCOMPARE(dropped.at(0).at(0).toString(), u"a"_s);
    QVERIFY(socket->emitEvent(u"d"_s));
    QCOMPARE(codeOf(asked), u"dropped"_s);
    QCOMPARE(socket->emitEvent(u"e"_s, QString(200, u'x')).error().code, u"buffer-full"_s);
    QCOMPARE(socket->bufferedCount(), 2); // what can never fit makes no room for itself
    socket->clearBuffer();
    QCOMPARE(socket->bufferedCount(), 0);
    QCOMPARE(dropped.size(), 3);
    QCOMPARE(dropped.at(2).at(1).value<Hubbub::Error>().code, u"dropped"_s);
    QCOMPARE(manager.statistics().droppedFromBuffer, 4u);
    QCOMPARE(manager.statistics().refused, 1u);
}

void tst_socketapi::nothingIsBufferedIfNotWanted()
{
    ManagerOptions options = m_network->options();
    options.bufferPolicy = BufferPolicy::Off;
    Manager manager(QUrl(u"http://chat.example.org"_s), options);
    QCOMPARE(manager.socket()->emitEvent(u"a"_s).error().code, u"offline"_s);
    QCOMPARE(codeOf(manager.socket()->emitWithAck(u"a"_s, {})), u"offline"_s);
    QCOMPARE(manager.socket()->bufferedCount(), 0);
}

void tst_socketapi::retriesUntilAnswered()
{
    ManagerOptions options = quick();
    Manager manager(serve().url(), options);
    Socket *socket = manager.socket(u"/"_s, {.retries = 3, .ackTimeout = 400ms});
    QTRY_VERIFY(socket->isConnected() && m_peer);
    QList<int> seen;
    int mute = 2;
    m_peer->on(u"n"_s, this, [&](int n, const SocketIo::Ack &ack) {
        seen += n;
        if (--mute < 0)
            ack({n});
    });
    QVERIFY(socket->emitEvent(u"n"_s, 1)); // without a callback too
    const auto second = socket->emitWithAck(u"n"_s, {2});
    QCOMPARE(socket->unansweredCount(), 2);
    QTRY_COMPARE(codeOf(second), u"answered"_s);
    QCOMPARE(second.result()->toArray(), QCborArray{2});
    QCOMPARE(seen, (QList{1, 1, 1, 2})); // the second waits for the first
    QCOMPARE(socket->unansweredCount(), 0);
}

void tst_socketapi::retriesEnd()
{
    Manager manager(QUrl(u"http://chat.example.org"_s), m_network->options());
    Socket *socket = manager.socket(u"/"_s, {.retries = 2, .ackTimeout = 5ms});
    QTRY_COMPARE(m_network->count(), 2);
    const auto lost = socket->emitWithAck(u"x"_s, {1});
    transport()->shakeHands();
    transport()->receive(R"(40{"sid":"s1"})");
    QTRY_COMPARE(codeOf(lost), u"ack-timeout"_s);
    // Every try has its own id; there are as many as tries and one.
    QCOMPARE(takeSent().mid(1), (QByteArrayList{R"(420["x",1])", R"(421["x",1])", R"(422["x",1])"}));
    QCOMPARE(codeOf(socket->emitWithAck(u"x"_s, Arguments(QCborArray{QString(2'000'000, u'x')}))),
             u"message-too-large"_s);
    const auto given = socket->emitWithAck(u"y"_s, {});
    socket->asVolatile().emitEvent(u"z"_s, 0);
    QCOMPARE(takeSent(), (QByteArrayList{R"(423["y"])", R"(42["z",0])"}));
    delete socket;
    QCOMPARE(codeOf(given), u"disconnected"_s);
}

void tst_socketapi::retriesSurviveTheConnection()
{
    Manager manager(QUrl(u"http://chat.example.org"_s), m_network->options());
    Socket *socket = manager.socket(u"/"_s, {.retries = 5, .ackTimeout = 1min});
    QTRY_COMPARE(m_network->count(), 2);
    transport()->shakeHands();
    transport()->receive(R"(40{"sid":"s1"})");
    const auto first = socket->emitWithAck(u"a"_s, {});
    const auto second = socket->emitWithAck(u"b"_s, {});
    transport()->lose(u"transport-close"_s);
    QCOMPARE(codeOf(first), u"pending"_s);
    QTRY_COMPARE(m_network->count(), 3);
    transport()->shakeHands();
    transport()->receive(R"(40{"sid":"s2"})");
    QCOMPARE(takeSent(), (QByteArrayList{"40", R"(421["a"])"}));
    transport()->receive("430[]"); // a late answer to the first try is nobody's
    QCOMPARE(codeOf(first), u"pending"_s);
    transport()->receive("431[1]");
    QCOMPARE(codeOf(first), u"answered"_s);
    QCOMPARE(takeSent(), QByteArrayList{R"(422["b"])"});
    transport()->receive("432[]");
    QCOMPARE(codeOf(second), u"answered"_s);
}

void tst_socketapi::aNewSessionForgetsTheOldOne()
{
    m_socket->setAuth(QCborMap{{u"token"_s, u"t"_s}});
    transport()->shakeHands();
    QCOMPARE(takeSent(), QByteArrayList{R"(40{"token":"t"})"});
    transport()->receive(R"(40{"sid":"s1","pid":"p1"})");
    QVERIFY(!m_socket->recovered());
    const auto loseAndOpen = [this] {
        const int count = m_network->count();
        transport()->lose(u"transport-close"_s);
        QTRY_COMPARE(m_network->count(), count + 1);
        transport()->shakeHands();
    };
    loseAndOpen(); // nothing was heard: there is no offset
    QCOMPARE(takeSent(), QByteArrayList{R"(40{"pid":"p1","token":"t"})"});
    transport()->receive(R"(42["x",1,"o1"])");
    transport()->receive(R"(40{"sid":"s1","pid":"p1"})");
    QVERIFY(m_socket->recovered());
    transport()->receive(R"(42["x",2])"); // not a text: no offset
    loseAndOpen();
    QVERIFY(!m_socket->recovered());
    QCOMPARE(takeSent(), QByteArrayList{R"(40{"pid":"p1","offset":"o1","token":"t"})"});
    transport()->receive(R"(40{"sid":"s3","pid":"p2"})");
    QVERIFY(!m_socket->recovered());
    loseAndOpen(); // the old offset is none of the new session
    QCOMPARE(takeSent(), QByteArrayList{R"(40{"pid":"p2","token":"t"})"});
    m_socket->disconnectFromServer();
    m_socket->connectToServer();
    QTRY_VERIFY(transport() && !transport()->closing);
    transport()->shakeHands();
    QCOMPARE(takeSent(), QByteArrayList{R"(40{"token":"t"})"});
}

void tst_socketapi::recoversWhatWasMissed()
{
    SocketIo::ServerOptions options;
    options.connectionStateRecovery = SocketIo::RecoveryOptions{};
    serve(options);
    HubbubTest::ChaosProxy network(m_server->port());
    Manager manager(network.url(), quick());
    Socket *socket = manager.socket();
    QStringList heard;
    socket->on(u"news"_s, this, [&](const QString &text) { heard += text; });
    QSignalSpy connected(socket, &Socket::connected);
    QTRY_COMPARE(connected.size(), 1);
    const QString id = socket->id();
    m_peer->join(u"room"_s);
    m_server->of(u"/"_s)->emitEvent(u"news"_s, u"one"_s);
    QTRY_COMPARE(heard.size(), 1);
    manager.setReconnectionDelay(1h); // not before the test wants it
    manager.setReconnectionDelayMax(1h);
    network.endAll(HubbubTest::Fault::Cut);
    QTRY_VERIFY(!m_peer || !m_peer->isConnected());
    m_server->of(u"/"_s)->to(u"room"_s).emitEvent(u"news"_s, u"two"_s);
    m_server->of(u"/"_s)->emitEvent(u"news"_s, u"three"_s);
    QTRY_COMPARE(socket->state(), ConnectionState::Waiting);
    manager.reconnectNow();
    QTRY_COMPARE(connected.size(), 2);
    QVERIFY(socket->recovered());
    QCOMPARE(socket->id(), id);
    QCOMPARE(heard, (QStringList{u"one"_s, u"two"_s, u"three"_s}));
}

void tst_socketapi::theServersGoodbyeEndsRecovery()
{
    SocketIo::ServerOptions options;
    options.connectionStateRecovery = SocketIo::RecoveryOptions{};
    serve(options);
    Manager manager(m_server->url(), quick());
    Socket *socket = manager.socket();
    QTRY_VERIFY(socket->isConnected() && m_peer);
    const QString id = socket->id();
    m_peer->disconnectSocket();
    QTRY_COMPARE(socket->state(), ConnectionState::Refused);
    socket->connectToServer();
    QTRY_VERIFY(socket->isConnected());
    QVERIFY(!socket->recovered());
    QVERIFY(socket->id() != id);
}

void tst_socketapi::poolSharesConnections()
{
    serve().of(u"/second"_s);
    ManagerPool pool;
    QUrl url = m_server->url();
    url.setQuery(u"room=a"_s);
    Socket *main = pool.socket(url, quick());
    url.setPath(u"/second"_s);
    Socket *second = pool.socket(url, quick(), {.auth = {{u"token"_s, u"t"_s}}});
    QCOMPARE(second->nsp(), u"/second"_s);
    QCOMPARE(main->manager(), second->manager());
    QTRY_VERIFY(main->isConnected() && second->isConnected());
    QCOMPARE(m_peer->handshake().query.queryItemValue(u"room"_s), u"a"_s);

    QVERIFY(pool.socket(url, quick()) != second); // it has one of this namespace
    ManagerOptions own = quick();
    own.forceNew = true;
    QVERIFY(pool.socket(m_server->url(), own)->manager() != main->manager());
    own.forceNew = false;
    own.multiplex = false;
    QVERIFY(pool.socket(m_server->url(), own)->manager() != main->manager());
    QCOMPARE(pool.managerCount(), 4);
    own = quick();
    own.path = u"/elsewhere"_s;
    own.autoConnect = false;
    QVERIFY(pool.socket(m_server->url(), own)->manager() != main->manager());
}

void tst_socketapi::settersCountFromNowOn()
{
    m_fake->setReconnectionAttempts(1);
    m_fake->setReconnectionDelay(1ms);
    m_fake->setReconnectionDelayMax(1ms);
    m_fake->setRandomizationFactor(0);
    m_fake->setTimeout(1h);
    QCOMPARE(m_fake->options().timeout, std::chrono::milliseconds(1h));
    QSignalSpy failed(m_fake.get(), &Manager::reconnectFailed);
    transport()->lose(u"transport-error"_s);
    QVERIFY(QDateTime::currentDateTimeUtc().msecsTo(m_socket->retryAt()) <= 1);
    QTRY_COMPARE(m_network->count(), 2);
    transport()->lose(u"transport-error"_s);
    QCOMPARE(failed.size(), 1);
    QCOMPARE(m_socket->state(), ConnectionState::Closed);
    m_fake->setReconnection(false);
    m_socket->disconnectFromServer();
    m_socket->connectToServer();
    transport()->lose(u"transport-error"_s);
    QCOMPARE(m_socket->state(), ConnectionState::Closed);
}

void tst_socketapi::reconnectErrors()
{
    QSignalSpy errors(m_fake.get(), &Manager::errorOccurred);
    QSignalSpy again(m_fake.get(), &Manager::reconnectError);
    transport()->lose(u"connection-refused"_s);
    QCOMPARE(errors.size(), 1);
    QCOMPARE(again.size(), 0); // the first connection is no reconnection
    QTRY_COMPARE(m_network->count(), 2);
    transport()->lose(u"connection-refused"_s);
    QCOMPARE(errors.size(), 2);
    QCOMPARE(again.size(), 1);
}

void tst_socketapi::reachabilityReconnectsAtOnce()
{
    m_fake->setReconnectionDelay(1h);
    m_fake->setReconnectionDelayMax(1h);
    goOnline();
    QSignalSpy disconnected(m_socket, &Socket::disconnected);
    m_fake->setReachable(false);
    QCOMPARE(disconnected.size(), 1);
    QCOMPARE(disconnected.at(0).at(0).toString(), u"transport close"_s);
    QCOMPARE(m_socket->lastError().code, u"network-lost"_s);
    QCOMPARE(m_socket->state(), ConnectionState::Waiting);
    m_fake->setReachable(true);
    QCOMPARE(m_socket->state(), ConnectionState::Connecting);

    Manager manager(serve().url(), quick()); // a server on this machine needs no network
    QTRY_VERIFY(manager.socket()->isConnected());
    manager.setReachable(false);
    QVERIFY(manager.socket()->isConnected());
}

void tst_socketapi::statisticsAndTap()
{
    Manager manager(serve().url(), quick());
    Socket *socket = manager.socket();
    QStringList passed;
    manager.tap(this, [&](const TappedPacket &tapped) {
        passed += u"%1 %2 %3 %4"_s.arg(tapped.direction == TappedPacket::Direction::In ? u"in"_s : u"out"_s)
                      .arg(int(tapped.packet.type))
                      .arg(tapped.packet.name)
                      .arg(tapped.packet.arguments.size());
        QVERIFY(tapped.bytes > 0);
    });
    for (int i = 0; i < 100; ++i) {
        const auto answer = socket->emitWithAck(u"echo"_s, {i, QByteArray(1'000, 'x')});
        QTRY_VERIFY(answer.isFinished());
    }
    QCOMPARE(passed.mid(0, 4), (QStringList{u"out 0  0"_s, u"in 0  0"_s, u"out 2 echo 2"_s, u"in 3  2"_s}));
    QCOMPARE(passed.size(), 202);
    const SocketIo::ClientStatistics figures = manager.statistics();
    QCOMPARE(figures.connections, 1u);
    QCOMPARE(figures.eventsSent, 100u);
    QCOMPARE(figures.answersReceived, 100u);
    QCOMPARE(figures.packetsSent, 101u);
    QCOMPARE(figures.packetsReceived, 101u);
    QVERIFY(figures.bytesSent > 100'000 && figures.bytesReceived > 100'000);
    QCOMPARE(figures.roundTrips.count, 100u);
    QVERIFY(figures.roundTrips.p50.count() > 0);
    QVERIFY(figures.roundTrips.p50 <= figures.roundTrips.p95);
    QVERIFY(figures.roundTrips.p95 <= figures.roundTrips.p99);
    QVERIFY(figures.roundTrips.p99 <= figures.roundTrips.max);
}

void tst_socketapi::tapsEndWithTheirContext()
{
    int seen = 0;
    auto context = std::make_unique<QObject>();
    m_fake->tap(context.get(), [&](const TappedPacket &) { ++seen; });
    goOnline();
    QCOMPARE(seen, 2); // CONNECT and its answer
    context.reset();
    QVERIFY(m_socket->emitEvent(u"x"_s));
    m_fake->tap(this, [&](const TappedPacket &) {
        ++seen;
        m_fake.reset(); // even that
    });
    QVERIFY(m_socket->emitEvent(u"x"_s));
    QCOMPARE(seen, 3);
}

QTEST_GUILESS_MAIN(tst_socketapi)
#include "tst_socketapi.moc"
