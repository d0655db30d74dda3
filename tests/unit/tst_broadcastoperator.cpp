// SPDX-License-Identifier: MIT
#include "tests/support/servertest.h"

#include <QtCore/QRegularExpression>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using SocketIo::Arguments;
using SocketIo::BroadcastOperator;
using SocketIo::BroadcastReplies;
using SocketIo::ServerSocket;

class TestBroadcastOperator : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"."_s)); }

    void whoHearsIt_data();
    void whoHearsIt();
    void partsCanBeKept();
    void binaryReachesEverybodyUnchanged();
    void volatileReachesWhoCanTakeIt();
    void namespacesDoNotHearEachOther();
    void everybodyAnswers();
    void whoDoesNotAnswerIsMissing_data();
    void whoDoesNotAnswerIsMissing();
    void nobodyToAsk();
    void manyAreMovedAtOnce();
    void manyAreDisconnectedAtOnce();
    void itOutlivesItsNamespace();
};

namespace
{

/// Three peers: a in lobby and red, b in lobby, c in red.
struct Three : ServerTest {
    Three()
    {
        for (auto &one : all) {
            one = peer();
            if (!one)
                QTest::qFail("a peer did not get in", __FILE__, __LINE__);
        }
        socketOf(*all[0])->join(u"lobby"_s);
        socketOf(*all[0])->join(u"red"_s);
        socketOf(*all[1])->join(u"lobby"_s);
        socketOf(*all[2])->join(u"red"_s);
    }

    ServerSocket *a() const { return socketOf(*all[0]); }
    ServerSocket *b() const { return socketOf(*all[1]); }
    ServerSocket *c() const { return socketOf(*all[2]); }

    std::array<std::unique_ptr<RawSocket>, 3> all;
};

} // namespace

void TestBroadcastOperator::whoHearsIt_data()
{
    using Pick = std::function<BroadcastOperator(const Three &)>;
    QTest::addColumn<Pick>("pick");
    QTest::addColumn<QString>("hearers");
    const auto row = [](const char *name, const Pick &pick, const QString &hearers) {
        QTest::newRow(name) << pick << hearers;
    };
    row(
        "everybody", [](const Three &t) { return t.nsp->all(); }, u"abc"_s);
    row(
        "a room", [](const Three &t) { return t.nsp->to(u"lobby"_s); }, u"ab"_s);
    row(
        "two rooms, once each", [](const Three &t) { return t.nsp->to(u"lobby"_s).in(u"red"_s); }, u"abc"_s);
    row(
        "a room except another", [](const Three &t) { return t.nsp->to(u"lobby"_s).except(u"red"_s); },
        u"b"_s);
    row(
        "everybody except a room", [](const Three &t) { return t.nsp->except(u"red"_s); }, u"b"_s);
    row(
        "one socket by its id", [](const Three &t) { return t.nsp->to(t.b()->id()); }, u"b"_s);
    row(
        "nobody's room", [](const Three &t) { return t.nsp->to(u"attic"_s); }, u""_s);
    row(
        "from a socket, not itself", [](const Three &t) { return t.a()->broadcast(); }, u"bc"_s);
    row(
        "from a socket to its room", [](const Three &t) { return t.a()->to(u"lobby"_s); }, u"b"_s);
    row(
        "from a socket to a room it is not in", [](const Three &t) { return t.c()->to(u"lobby"_s); },
        u"ab"_s);
    row(
        "from a socket except a room", [](const Three &t) { return t.b()->except(u"red"_s); }, u""_s);
}

void TestBroadcastOperator::whoHearsIt()
{
    QFETCH(std::function<BroadcastOperator(const Three &)>, pick);
    QFETCH(QString, hearers);
    Three three;
    const auto operation = pick(three);
    operation.emitEvent(u"news"_s, 1, u"two"_s);
    for (std::size_t i = 0; i < three.all.size(); ++i) {
        if (hearers.contains(QChar(char16_t(u'a' + i))))
            QCOMPARE(three.all[i]->nextText(), R"(42["news",1,"two"])");
        QVERIFY(ServerTest::hasHeardAll(*three.all[i]));
    }
    QCOMPARE(operation.localSockets().size(), hearers.size());
}

void TestBroadcastOperator::partsCanBeKept()
{
    Three three;
    const auto lobby = three.nsp->to(u"lobby"_s);
    const auto quiet = lobby.except(three.a()->id());
    lobby.emitEvent(u"one"_s);
    quiet.emitEvent(u"two"_s);
    lobby.emitEvent(u"three"_s);
    QCOMPARE(three.all[0]->nextText(), R"(42["one"])");
    QCOMPARE(three.all[0]->nextText(), R"(42["three"])");
    for (const auto *text : {R"(42["one"])", R"(42["two"])", R"(42["three"])"})
        QCOMPARE(three.all[1]->nextText(), text);
}

void TestBroadcastOperator::binaryReachesEverybodyUnchanged()
{
    Three three;
    const QByteArray large(70'000, '\x81');
    three.nsp->emitEvent(u"file"_s, QByteArray("\0\1", 2), u"and"_s, large);
    for (const auto &peer : three.all) {
        QCOMPARE(peer->nextText(),
                 R"(452-["file",{"_placeholder":true,"num":0},"and",{"_placeholder":true,"num":1}])");
        QCOMPARE(peer->next(), (RawSocket::Frame{QByteArray("\0\1", 2), true}));
        QCOMPARE(peer->next(), (RawSocket::Frame{large, true}));
    }
}

void TestBroadcastOperator::volatileReachesWhoCanTakeIt()
{
    Three three;
    three.nsp->to(u"lobby"_s).asVolatile().emitEvent(u"now"_s);
    QCOMPARE(three.all[0]->nextText(), R"(42["now"])");
    QCOMPARE(three.all[1]->nextText(), R"(42["now"])");
    QVERIFY(ServerTest::hasHeardAll(*three.all[2]));
}

void TestBroadcastOperator::namespacesDoNotHearEachOther()
{
    Three three;
    auto *custom = three.server->of(u"/custom"_s);
    const QString id = three.all[0]->join("/custom");
    custom->socket(id)->join(u"lobby"_s);
    custom->to(u"lobby"_s).emitEvent(u"there"_s);
    three.nsp->to(u"lobby"_s).emitEvent(u"here"_s);
    QCOMPARE(three.all[0]->nextText(), R"(42/custom,["there"])");
    QCOMPARE(three.all[0]->nextText(), R"(42["here"])");
    QCOMPARE(three.all[1]->nextText(), R"(42["here"])");
}

void TestBroadcastOperator::everybodyAnswers()
{
    Three three;
    const auto future = three.nsp->all().emitWithAck(u"question"_s, {u"?"_s});
    for (std::size_t i : {2, 0, 1}) {
        QCOMPARE(three.all[i]->nextText(), R"(420["question","?"])");
        three.all[i]->send("430[" + QByteArray::number(int(i)) + "]");
        QVERIFY(ServerTest::hasHeardAll(*three.all[i]));
        QCOMPARE(future.isFinished(), i == 1);
    }
    const BroadcastReplies replies = future.result();
    QCOMPARE(replies.expected, 3);
    QCOMPARE(replies.replies.size(), 3);
    QCOMPARE(replies.replies[0].at(0).toInteger(), 2); // in the order they came
    QCOMPARE(replies.replies[2].at(0).toInteger(), 1);
}

void TestBroadcastOperator::whoDoesNotAnswerIsMissing_data()
{
    QTest::addColumn<QString>("how");
    QTest::newRow("says nothing") << u"silent"_s;
    QTest::newRow("leaves the namespace") << u"41"_s;
    QTest::newRow("closes") << u"close"_s;
    QTest::newRow("sends garbage") << u"4garbage"_s;
    QTest::newRow("is disconnected by the server") << u"kick"_s;
    QTest::newRow("answers something else") << u"4399[]"_s;
}

void TestBroadcastOperator::whoDoesNotAnswerIsMissing()
{
    QFETCH(QString, how);
    Three three;
    const bool times = how == u"silent"_s || how == u"4399[]"_s;
    const auto future =
        three.nsp->to(u"lobby"_s).emitWithAck(u"question"_s, {}, times ? 100ms : RawSocket::patience * 2);
    QCOMPARE(three.all[0]->nextText(), R"(420["question"])");
    three.all[0]->send("430[1]");
    QVERIFY(ServerTest::hasHeardAll(*three.all[0]));
    QVERIFY(times || !future.isFinished());
    RawSocket &other = *three.all[1];
    if (how == u"close"_s)
        other.close();
    else if (how == u"kick"_s)
        three.b()->disconnectSocket();
    else if (how != u"silent"_s)
        other.send(how.toUtf8());
    QTRY_VERIFY(future.isFinished());
    QCOMPARE(future.result().expected, 2);
    QCOMPARE(future.result().replies.size(), 1);
}

void TestBroadcastOperator::nobodyToAsk()
{
    Three three;
    const auto future = three.nsp->to(u"attic"_s).emitWithAck(u"question"_s, {});
    QVERIFY(future.isFinished());
    QCOMPARE(future.result().expected, 0);
    QVERIFY(future.result().replies.isEmpty());
}

void TestBroadcastOperator::manyAreMovedAtOnce()
{
    Three three;
    three.nsp->to(u"lobby"_s).socketsJoin(u"attic"_s);
    QCOMPARE(three.nsp->to(u"attic"_s).localSockets().size(), 2);
    three.nsp->to(u"red"_s).socketsLeave(u"attic"_s);
    QCOMPARE(three.nsp->to(u"attic"_s).localSockets(), QList<ServerSocket *>{three.b()});
}

void TestBroadcastOperator::manyAreDisconnectedAtOnce()
{
    Three three;
    three.nsp->to(u"lobby"_s).disconnectSockets();
    QCOMPARE(three.all[0]->nextText(), "41");
    QCOMPARE(three.all[1]->nextText(), "41");
    QCOMPARE(three.nsp->sockets().size(), 1);
    QVERIFY(ServerTest::hasHeardAll(*three.all[2]));
    three.nsp->all().disconnectSockets(true);
    QVERIFY(three.all[2]->waitForClose());
    QVERIFY(!three.all[0]->isClosed());
    QVERIFY(three.nsp->sockets().isEmpty());
}

void TestBroadcastOperator::itOutlivesItsNamespace()
{
    Three three;
    const auto lobby = three.nsp->to(u"lobby"_s);
    const auto open = lobby.emitWithAck(u"question"_s, {});
    three.server.reset();
    QVERIFY(open.isFinished());
    QCOMPARE(open.result().expected, 2);
    lobby.emitEvent(u"nobody"_s);
    lobby.disconnectSockets();
    QVERIFY(lobby.localSockets().isEmpty());
    QVERIFY(lobby.emitWithAck(u"question"_s, {}).isFinished());
}

QTEST_GUILESS_MAIN(TestBroadcastOperator)
#include "tst_broadcastoperator.moc"
