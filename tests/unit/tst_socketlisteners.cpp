// SPDX-License-Identifier: MIT
#include "tests/support/servertest.h"

#include <QtCore/QRegularExpression>
#include <QtTest/QSignalSpy>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using SocketIo::Event;
using SocketIo::ServerSocket;

/// Who listens to a socket of the server, and the flags of what it emits.
class TestSocketListeners : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"."_s)); }

    void onceIsForOneEvent();
    void onceWaitsForAnEventThatFits();
    void offRemoves();
    void anyListenersInTheirOrder();
    void outgoingListeners();
    void sendIsAMessage();
    void flagsAreForOneEmit();
    void roomsInLists();
    void disconnectingComesFirst();
    void itKnowsItsTransport();
    void theFacadeIsTheMainNamespace();
};

namespace
{

struct One : ServerTest {
    One()
        : raw(peer())
        , socket(socketOf(*raw))
    {
    }
    void say(const QByteArray &text)
    {
        raw->send(text);
        [&] { QVERIFY(hasHeardAll(*raw)); }();
    }
    std::unique_ptr<RawSocket> raw;
    ServerSocket *socket;
};

} // namespace

void TestSocketListeners::onceIsForOneEvent()
{
    One one;
    QStringList told;
    one.socket->once(u"x"_s, this, [&] { told << u"once"_s; });
    one.socket->on(u"x"_s, this, [&] { told << u"on"_s; });
    QCOMPARE(one.socket->listenerCount(u"x"_s), 2);
    one.say(R"(42["x"])");
    one.say(R"(42["x"])");
    QCOMPARE(told, (QStringList{u"once"_s, u"on"_s, u"on"_s}));
    QCOMPARE(one.socket->listenerCount(u"x"_s), 1);
}

void TestSocketListeners::onceWaitsForAnEventThatFits()
{
    One one;
    QList<qint64> told;
    QSignalSpy errors(one.socket, &ServerSocket::error);
    one.socket->once(u"x"_s, this, [&](qint64 number) { told << number; });
    one.say(R"(42["x","no number"])");
    QCOMPARE(errors.size(), 1);
    one.say(R"(42["x",1])");
    one.say(R"(42["x",2])");
    QCOMPARE(told, QList<qint64>{1});
}

void TestSocketListeners::offRemoves()
{
    One one;
    QStringList told;
    QObject other;
    const auto listen = [&] {
        told.clear();
        one.socket->on(u"x"_s, this, [&] { told << u"this"_s; });
        one.socket->on(u"x"_s, &other, [&] { told << u"other"_s; });
        one.socket->on(u"x"_s, nullptr, [&] { told << u"own"_s; });
    };
    listen();
    one.socket->off(u"x"_s, &other);
    one.socket->off(u"y"_s, this);
    one.say(R"(42["x"])");
    QCOMPARE(told, (QStringList{u"this"_s, u"own"_s}));
    one.socket->off(u"x"_s, nullptr);
    one.say(R"(42["x"])");
    QCOMPARE(told.last(), u"this"_s);
    QCOMPARE(told.size(), 3);
    listen();
    one.socket->removeAllListeners(u"y"_s);
    one.socket->removeAllListeners(u"x"_s);
    one.say(R"(42["x"])");
    QVERIFY(told.isEmpty());
    listen();
    one.socket->on(u"last"_s, this, [&] {
        one.socket->removeAllListeners();
        told << u"last"_s;
    });
    one.raw->send(R"(42["last"])");
    one.raw->send(R"(42["x"])");
    QTRY_COMPARE(told, QStringList{u"last"_s});
    QCOMPARE(one.socket->listenerCount(u"x"_s), 0);
}

void TestSocketListeners::anyListenersInTheirOrder()
{
    One one;
    QStringList told;
    QObject other;
    one.socket->onAny(this, [&](const Event &event) { told << u"a "_s + event.name; });
    one.socket->prependAny(&other, [&](const Event &event) { told << u"b "_s + event.name; });
    one.socket->on(u"x"_s, this, [&] { told << u"x"_s; });
    QCOMPARE(one.socket->listenersAny(), 2);
    one.say(R"(42["x"])");
    told.removeAll(u"a sync"_s);
    told.removeAll(u"b sync"_s);
    QCOMPARE(told, (QStringList{u"b x"_s, u"a x"_s, u"x"_s}));
    told.clear();
    one.socket->offAny(&other);
    QCOMPARE(one.socket->listenersAny(), 1);
    one.socket->offAny();
    QCOMPARE(one.socket->listenersAny(), 0);
    one.say(R"(42["x"])");
    QCOMPARE(told, QStringList{u"x"_s});
}

void TestSocketListeners::outgoingListeners()
{
    One one;
    QStringList told;
    QObject other;
    one.socket->onAnyOutgoing(this, [&](const Event &event) { told << u"a "_s + event.name; });
    one.socket->prependAnyOutgoing(&other, [&](const Event &event) { told << u"b "_s + event.name; });
    QCOMPARE(one.socket->listenersAnyOutgoing(), 2);
    one.socket->emitEvent(u"x"_s);
    one.nsp->emitEvent(u"y"_s);
    QCOMPARE(told, (QStringList{u"b x"_s, u"a x"_s, u"b y"_s, u"a y"_s}));
    told.clear();
    one.socket->offAnyOutgoing(this);
    one.socket->emitEvent(u"x"_s);
    one.socket->offAnyOutgoing();
    one.socket->emitEvent(u"x"_s);
    one.nsp->emitEvent(u"y"_s);
    QCOMPARE(told, QStringList{u"b x"_s});
    QCOMPARE(one.socket->listenersAnyOutgoing(), 0);
    one.socket->onAnyOutgoing(this, [&] { told << u"again"_s; });
    one.nsp->emitEvent(u"y"_s);
    QCOMPARE(told.last(), u"again"_s);
}

void TestSocketListeners::sendIsAMessage()
{
    One one;
    one.socket->send(1, u"two"_s);
    one.socket->write();
    one.socket->compress(false).send(3);
    one.server->send(4);
    one.nsp->to(one.raw->id).write(5);
    for (const char *text : {R"(42["message",1,"two"])", R"(42["message"])", R"(42["message",3])",
                             R"(42["message",4])", R"(42["message",5])"})
        QCOMPARE(one.raw->nextText(), text);
}

void TestSocketListeners::flagsAreForOneEmit()
{
    One one;
    // Nothing is written before this turn ends, so the client cannot take a second one now.
    one.socket->emitEvent(u"big"_s, QByteArray(2'000'000, 'x'));
    const auto hurried = one.socket->timeout(50ms).emitWithAck(u"q"_s, {});
    const auto patient = one.socket->emitWithAck(u"q"_s, {});
    QTRY_VERIFY(hurried.isFinished());
    QCOMPARE(hurried.result().error().code, u"ack-timeout"_s);
    QVERIFY(!patient.isFinished());
    one.raw->send("431[1]");
    QTRY_VERIFY(patient.isFinished());
    QVERIFY(patient.result());

    const auto flagged = one.socket->asVolatile();
    const QPointer<ServerSocket> guard(one.socket);
    one.socket->disconnectSocket();
    QTRY_VERIFY(!guard);
    flagged.emitEvent(u"to nobody"_s);
    QCOMPARE(flagged.emitWithAck(u"q"_s, {}).result().error().code, u"disconnected"_s);
}

void TestSocketListeners::roomsInLists()
{
    One one;
    one.socket->join(QStringList{u"a"_s, u"b"_s, u"c"_s});
    QCOMPARE(one.socket->rooms(), (QSet<QString>{one.raw->id, u"a"_s, u"b"_s, u"c"_s}));
    one.socket->leave(QStringList{u"a"_s, u"z"_s, u"c"_s});
    QCOMPARE(one.socket->rooms(), (QSet<QString>{one.raw->id, u"b"_s}));
    const auto other = one.peer();
    one.socketOf(*other)->join(u"a"_s);
    one.nsp->to(QStringList{u"a"_s, u"b"_s}).except(QStringList{u"b"_s, u"z"_s}).emitEvent(u"x"_s);
    QCOMPARE(other->nextText(), R"(42["x"])");
    QVERIFY(ServerTest::hasHeardAll(*one.raw));
    one.socket->to(QStringList{u"a"_s, u"b"_s}).emitEvent(u"y"_s);
    QCOMPARE(other->nextText(), R"(42["y"])");
    QVERIFY(ServerTest::hasHeardAll(*one.raw));
}

void TestSocketListeners::disconnectingComesFirst()
{
    One one;
    one.socket->join(u"lobby"_s);
    QStringList told;
    const auto note = [&](const QString &what, const QString &reason, const QString &description) {
        told << what + u' ' + reason + u' ' + QString::number(one.socket->rooms().size())
                    + (one.nsp->socket(one.socket->id()) ? u" in"_s : u" out"_s)
                    + (description.isEmpty() ? u""_s : u" said"_s);
    };
    connect(one.socket, &ServerSocket::disconnecting, this,
            [&](const QString &reason, const QString &text) { note(u"disconnecting"_s, reason, text); });
    connect(one.socket, &ServerSocket::disconnected, this,
            [&](const QString &reason, const QString &text) { note(u"disconnect"_s, reason, text); });
    one.raw->send("4nothing");
    QTRY_COMPARE(told, (QStringList{u"disconnecting forced close 2 in said"_s,
                                    u"disconnect forced close 0 out said"_s}));
}

void TestSocketListeners::itKnowsItsTransport()
{
    One one;
    QVERIFY(one.socket->transport() == EngineIo::TransportName::WebSocket);
    QCOMPARE(ServerSocket::protocol(), 4);
    QVERIFY(!one.socket->recovered());
}

void TestSocketListeners::theFacadeIsTheMainNamespace()
{
    ServerTest test;
    int ran = 0;
    test.server->use([&](ServerSocket &, const SocketIo::Next &next) {
        ++ran;
        next({});
    });
    test.server->of(u"/other"_s);
    const auto peer = test.peer();
    QVERIFY(!peer->join("/other").isEmpty());
    QCOMPARE(ran, 1);
    test.server->socketsJoin(u"lobby"_s);
    test.server->to(u"lobby"_s).emitEvent(u"x"_s);
    QCOMPARE(peer->nextText(), R"(42["x"])");
    QCOMPARE(test.server->in(u"lobby"_s).localSockets().size(), 1);
    test.server->socketsLeave(u"lobby"_s);
    QVERIFY(test.server->in(u"lobby"_s).localSockets().isEmpty());
    test.server->disconnectSockets();
    QCOMPARE(peer->nextText(), "41");
}

QTEST_GUILESS_MAIN(TestSocketListeners)
#include "tst_socketlisteners.moc"
