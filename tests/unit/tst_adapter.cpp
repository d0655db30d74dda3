// SPDX-License-Identifier: MIT
#include "tests/support/joinedadapter.h"
#include "tests/support/servertest.h"

#include "server-lite/core/remotesocket.h"

#include <QtCore/QRegularExpression>
#include <QtTest/QSignalSpy>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using SocketIo::Ack;
using SocketIo::BroadcastReplies;
using SocketIo::RemoteSocket;
using SocketIo::ServerSocket;

/// What an adapter has to be able to do, shown by one that joins two servers: each on its own port, a client
/// on either.
class TestAdapter : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"."_s)); }

    void aBroadcastReachesBoth_data();
    void aBroadcastReachesBoth();
    void everybodyAnswers();
    void whoDoesNotAnswerIsMissing();
    void aServerThatVanishesDoesNotHangTheAnswer();
    void socketsAreFoundOnBoth();
    void socketsAreMovedOnBoth();
    void aFoundSocketCanBeReached();
    void serversTalkToEachOther();
    void serversAnswerEachOther();
    void alone();
    void namesOfItsOwnAreRefused_data();
    void namesOfItsOwnAreRefused();
};

namespace
{

SocketIo::ServerOptions joined(const JoinedAdapter::Hub &hub)
{
    SocketIo::ServerOptions options;
    options.adapter = JoinedAdapter::factory(hub);
    return options;
}

/// Servers one and two, with peer a on one and b on two; both in "lobby", b also in "red".
struct Two {
    Two()
        : a(one->peer())
        , b(two->peer())
    {
        one->socketOf(*a)->join(u"lobby"_s);
        two->socketOf(*b)->join(QStringList{u"lobby"_s, u"red"_s});
        two->socketOf(*b)->setData(QCborMap{{u"name"_s, u"Bob"_s}});
    }

    JoinedAdapter::Hub hub = std::make_shared<QMultiHash<QString, JoinedAdapter *>>();
    std::unique_ptr<ServerTest> one = std::make_unique<ServerTest>(joined(hub));
    std::unique_ptr<ServerTest> two = std::make_unique<ServerTest>(joined(hub));
    std::unique_ptr<RawSocket> a;
    std::unique_ptr<RawSocket> b;
};

template <typename T>
T waited(QFuture<T> future)
{
    [&] { QTRY_VERIFY(future.isFinished()); }();
    return future.isFinished() ? future.result() : T{};
}

} // namespace

void TestAdapter::aBroadcastReachesBoth_data()
{
    using Say = std::function<void(const Two &)>;
    QTest::addColumn<Say>("say");
    QTest::addColumn<QString>("hearers");
    const auto row = [](const char *name, const Say &say, const QString &hearers) {
        QTest::newRow(name) << say << hearers;
    };
    row(
        "everybody", [](const Two &t) { t.one->server->emitEvent(u"x"_s); }, u"ab"_s);
    row(
        "a room", [](const Two &t) { t.one->nsp->to(u"lobby"_s).emitEvent(u"x"_s); }, u"ab"_s);
    row(
        "a room over there", [](const Two &t) { t.one->nsp->to(u"red"_s).emitEvent(u"x"_s); }, u"b"_s);
    row(
        "one by its id", [](const Two &t) { t.one->nsp->to(t.b->id).emitEvent(u"x"_s); }, u"b"_s);
    row(
        "except a room", [](const Two &t) { t.two->nsp->except(u"red"_s).emitEvent(u"x"_s); }, u"a"_s);
    row(
        "from a socket", [](const Two &t) { t.one->socketOf(*t.a)->broadcast().emitEvent(u"x"_s); }, u"b"_s);
    row(
        "this server only", [](const Two &t) { t.one->nsp->local().emitEvent(u"x"_s); }, u"a"_s);
    row(
        "a socket's server only", [](const Two &t) { t.one->socketOf(*t.a)->local().emitEvent(u"x"_s); },
        u""_s);
    row(
        "volatile", [](const Two &t) { t.one->nsp->asVolatile().emitEvent(u"x"_s); }, u"ab"_s);
}

void TestAdapter::aBroadcastReachesBoth()
{
    QFETCH(std::function<void(const Two &)>, say);
    QFETCH(QString, hearers);
    Two two;
    say(two);
    for (const auto &[name, peer] : {std::pair(u'a', two.a.get()), std::pair(u'b', two.b.get())}) {
        if (hearers.contains(QChar(name)))
            QCOMPARE(peer->nextText(), R"(42["x"])");
        QVERIFY(ServerTest::hasHeardAll(*peer));
    }
}

void TestAdapter::everybodyAnswers()
{
    Two two;
    const auto future = two.one->nsp->to(u"lobby"_s).timeout(1min).emitWithAck(u"q"_s, {1});
    QCOMPARE(two.a->nextText(), R"(420["q",1])");
    QCOMPARE(two.b->nextText(), R"(420["q",1])");
    two.b->send("430[\"b\"]");
    two.a->send("430[\"a\"]");
    const BroadcastReplies replies = waited(future);
    QCOMPARE(replies.expected, 2);
    QStringList answers;
    for (const auto &reply : replies.replies)
        answers << reply.at(0).toString();
    answers.sort();
    QCOMPARE(answers, (QStringList{u"a"_s, u"b"_s}));
    QCOMPARE(waited(two.one->nsp->to(u"attic"_s).timeout(1min).emitWithAck(u"q"_s, {})).expected, 0);
}

void TestAdapter::whoDoesNotAnswerIsMissing()
{
    Two two;
    auto future = two.one->server->emitWithAck(u"q"_s, {}, 100ms);
    two.a->send("430[]");
    const BroadcastReplies late = waited(future);
    QCOMPARE(late.expected, 2);
    QCOMPARE(late.replies.size(), 1);
    // One that leaves ends the wait.
    future = two.one->server->emitWithAck(u"q"_s, {}, 1min);
    two.a->send("431[]");
    two.b->abort();
    const BroadcastReplies left = waited(future);
    QCOMPARE(left.expected, 2);
    QCOMPARE(left.replies.size(), 1);
}

void TestAdapter::aServerThatVanishesDoesNotHangTheAnswer()
{
    Two two;
    const auto future = two.one->server->emitWithAck(u"q"_s, {}, 1min);
    two.a->send("430[]");
    QCOMPARE(two.b->nextText(), R"(420["q"])");
    two.two.reset();
    const BroadcastReplies replies = waited(future);
    QCOMPARE(replies.expected, 2);
    QCOMPARE(replies.replies.size(), 1);
}

void TestAdapter::socketsAreFoundOnBoth()
{
    Two two;
    const auto all = waited(two.one->server->fetchSockets());
    QCOMPARE(all.size(), 2);
    const auto red = waited(two.one->server->in(u"red"_s).fetchSockets());
    QCOMPARE(red.size(), 1);
    QCOMPARE(red[0].id(), two.b->id);
    QCOMPARE(red[0].rooms(), (QSet<QString>{two.b->id, u"lobby"_s, u"red"_s}));
    QCOMPARE(red[0].data(), (QCborMap{{u"name"_s, u"Bob"_s}}));
    QVERIFY(red[0].handshake().url.startsWith("/socket.io/?EIO=4"));
    QVERIFY(waited(two.one->server->local().in(u"red"_s).fetchSockets()).isEmpty());
}

void TestAdapter::socketsAreMovedOnBoth()
{
    Two two;
    two.one->nsp->to(u"lobby"_s).socketsJoin(QStringList{u"attic"_s, u"yard"_s});
    QTRY_COMPARE(two.two->nsp->adapter()->roomSizes().value(u"yard"_s), 1);
    QCOMPARE(two.one->nsp->adapter()->roomSizes().value(u"attic"_s), 1);
    two.one->nsp->to(u"red"_s).socketsLeave(QStringList{u"attic"_s, u"lobby"_s});
    QTRY_COMPARE(two.two->socketOf(*two.b)->rooms(), (QSet<QString>{two.b->id, u"red"_s, u"yard"_s}));
    QVERIFY(two.one->socketOf(*two.a)->rooms().contains(u"attic"_s));
    two.one->nsp->disconnectSockets();
    QCOMPARE(two.a->nextText(), "41");
    QCOMPARE(two.b->nextText(), "41");
}

void TestAdapter::aFoundSocketCanBeReached()
{
    Two two;
    const RemoteSocket bob =
        waited(two.one->server->in(u"red"_s).fetchSockets()).value(0, RemoteSocket(two.one->nsp, {}));
    bob.emitEvent(u"psst"_s, 1);
    QCOMPARE(two.b->nextText(), R"(42["psst",1])");
    const auto answer = bob.emitWithAck(u"q"_s, {}, 1min);
    QCOMPARE(two.b->nextText(), R"(420["q"])");
    two.b->send("430[7]");
    QCOMPARE(waited(answer).replies.value(0).at(0), QCborValue(7));
    bob.join(u"attic"_s);
    QTRY_VERIFY(two.two->socketOf(*two.b)->rooms().contains(u"attic"_s));
    bob.leave(u"attic"_s);
    QTRY_VERIFY(!two.two->socketOf(*two.b)->rooms().contains(u"attic"_s));
    bob.disconnectSocket(true);
    QVERIFY(two.b->waitForClose());
    QVERIFY(ServerTest::hasHeardAll(*two.a));
}

void TestAdapter::serversTalkToEachOther()
{
    Two two;
    QStringList heard;
    two.one->nsp->onServerSideEvent(u"hello"_s, this, [&](const QString &word) { heard << u"1"_s + word; });
    two.two->nsp->onServerSideEvent(u"hello"_s, this, [&](const QString &word) { heard << u"2"_s + word; });
    two.two->server->of(u"/other"_s)->onServerSideEvent(u"hello"_s, this, [&] { heard << u"other"_s; });
    QVERIFY(two.one->server->serverSideEmit(u"hello"_s, {u"x"_s}));
    QTRY_COMPARE(heard, QStringList{u"2x"_s});
    QVERIFY(two.two->nsp->serverSideEmit(u"hello"_s, u"y"_s));
    QTRY_COMPARE(heard, (QStringList{u"2x"_s, u"1y"_s}));
    QVERIFY(ServerTest::hasHeardAll(*two.a)); // no client heard of it
    QVERIFY(ServerTest::hasHeardAll(*two.b));
}

void TestAdapter::serversAnswerEachOther()
{
    Two two;
    two.two->nsp->onServerSideEvent(u"uptime"_s, this, [](qint64 number, Ack ack) { ack({number + 1}); });
    const BroadcastReplies replies = waited(two.one->server->serverSideEmitWithAck(u"uptime"_s, {41}, 1min));
    QCOMPARE(replies.expected, 1);
    QCOMPARE(replies.replies.value(0).at(0), QCborValue(42));
    const BroadcastReplies none = waited(two.two->server->serverSideEmitWithAck(u"uptime"_s, {41}, 50ms));
    QCOMPARE(none.expected, 1);
    QVERIFY(none.replies.isEmpty());
}

void TestAdapter::alone()
{
    ServerTest test;
    const auto count = test.nsp->adapter()->serverCount();
    QVERIFY(count.isFinished());
    QCOMPARE(count.result(), 1);
    bool heard = false;
    test.nsp->onServerSideEvent(u"hello"_s, this, [&] { heard = true; });
    QVERIFY(test.server->serverSideEmit(u"hello"_s, {}));
    const auto replies = test.server->serverSideEmitWithAck(u"hello"_s, {});
    QVERIFY(replies.isFinished());
    QCOMPARE(replies.result().expected, 0);
    QVERIFY(replies.result().replies.isEmpty());
    QVERIFY(!heard);
}

void TestAdapter::namesOfItsOwnAreRefused_data()
{
    QTest::addColumn<QString>("name");
    for (const char *name : {"connect", "connection", "new_namespace"})
        QTest::newRow(name) << QString::fromLatin1(name);
}

void TestAdapter::namesOfItsOwnAreRefused()
{
    QFETCH(QString, name);
    ServerTest test;
    const auto result = test.nsp->serverSideEmit(name, SocketIo::Arguments());
    QVERIFY(!result);
    QCOMPARE(result.error().code, u"reserved-event"_s);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"reserved event name"_s));
    QCOMPARE(test.nsp->serverSideEmitWithAck(name, {}).result().expected, 0);
}

QTEST_GUILESS_MAIN(TestAdapter)
#include "tst_adapter.moc"
