// SPDX-License-Identifier: MIT
#include "tests/support/servertest.h"

#include "server-lite/core/remotesocket.h"

#include <QtCore/QRegularExpression>
#include <QtTest/QSignalSpy>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using SocketIo::Namespace;
using SocketIo::Next;
using SocketIo::ParentNamespace;
using SocketIo::Refusal;
using SocketIo::ServerSocket;

/// Namespaces that come to be when a client asks for them.
class TestParentNamespace : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"."_s)); }

    void aPatternLetsIn_data();
    void aPatternLetsIn();
    void thePredicateSeesTheAuth();
    void theAnswerMayComeLater();
    void aForgottenAnswerIsARefusal();
    void theClientLeavesMeanwhile();
    void twiceMeanwhileIsAViolation();
    void theFirstFamilyGetsIt();
    void childrenInherit();
    void anEmitReachesAllChildren();
    void codeMayAskForAChild();
    void anInvalidPatternMatchesNothing();
    void emptyChildrenGo_data();
    void emptyChildrenGo();
    void aRefusedClientLeavesNoChild();
};

void TestParentNamespace::aPatternLetsIn_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<bool>("allowed");
    QTest::newRow("fits") << QByteArray("/room-1") << true;
    QTest::newRow("fits with more digits") << QByteArray("/room-123") << true;
    QTest::newRow("no digit") << QByteArray("/room-") << false;
    QTest::newRow("more behind") << QByteArray("/room-1x") << false;
    QTest::newRow("another") << QByteArray("/lobby") << false;
    QTest::newRow("the family's own name") << QByteArray("/_0") << false;
}

void TestParentNamespace::aPatternLetsIn()
{
    QFETCH(QByteArray, name);
    QFETCH(bool, allowed);
    ServerTest test;
    ParentNamespace *rooms = test.server->of(QRegularExpression(u"^/room-\\d+$"_s));
    QSignalSpy created(test.server.get(), &SocketIo::Server::namespaceCreated);
    const auto peer = test.guest();
    peer->send("40" + name + ',');
    const QByteArray answer = peer->nextText();
    if (!allowed) {
        QCOMPARE(answer, "44" + name + R"(,{"message":"Invalid namespace"})");
        QVERIFY(created.isEmpty());
        QVERIFY(rooms->children().isEmpty());
        return;
    }
    QVERIFY2(answer.startsWith("40" + name + ",{\"sid\":"), answer.constData());
    QCOMPARE(created.size(), 1);
    QCOMPARE(rooms->children().size(), 1);
    QCOMPARE(rooms->children().first()->name(), QString::fromLatin1(name));
    QCOMPARE(test.server->find(QString::fromLatin1(name)), rooms->children().first());
    QVERIFY(test.server->namespaces().contains(rooms->children().first()));
    // The next client finds it there.
    QVERIFY(!test.guest()->join(name).isEmpty());
    QCOMPARE(created.size(), 1);
}

void TestParentNamespace::thePredicateSeesTheAuth()
{
    ServerTest test;
    test.server->of([](const QString &name, const QCborMap &auth, const std::function<void(bool)> &allow) {
        allow(name == auth[u"may"_s].toString());
    });
    const auto peer = test.guest();
    QVERIFY(!peer->join("/mine", R"({"may":"/mine"})").isEmpty());
    QVERIFY(peer->join("/yours", R"({"may":"/mine"})").isEmpty());
    QVERIFY(!test.server->find(u"/yours"_s));
    // Once it is there, whom it lets in is up to its middlewares.
    QVERIFY(!test.guest()->join("/mine").isEmpty());
}

void TestParentNamespace::theAnswerMayComeLater()
{
    ServerTest test;
    std::function<void(bool)> later;
    test.server->of([&](const QString &, const QCborMap &, std::function<void(bool)> allow) {
        later = std::move(allow);
    });
    const auto peer = test.peer();
    peer->send("40/late,");
    QTRY_VERIFY(later);
    QVERIFY(ServerTest::hasHeardAll(*peer)); // the other namespace goes on
    later(true);
    later(false); // once is enough
    QVERIFY(peer->nextText().startsWith("40/late,{"));
}

void TestParentNamespace::aForgottenAnswerIsARefusal()
{
    ServerTest test;
    test.server->of([](const QString &, const QCborMap &, const std::function<void(bool)> &) {});
    const auto peer = test.guest();
    peer->send("40/x,");
    QCOMPARE(peer->nextText(), R"(44/x,{"message":"Invalid namespace"})");
}

void TestParentNamespace::theClientLeavesMeanwhile()
{
    ServerTest test;
    std::function<void(bool)> later;
    test.server->of([&](const QString &, const QCborMap &, std::function<void(bool)> allow) {
        later = std::move(allow);
    });
    QSignalSpy left(test.nsp, &Namespace::socketDisconnected);
    {
        const auto peer = test.peer();
        peer->send("40/late,");
        QTRY_VERIFY(later);
        peer->abort();
        QTRY_COMPARE(left.size(), 1);
    }
    later(true);
    Namespace *late = test.server->find(u"/late"_s);
    QVERIFY(!late || late->sockets().isEmpty());
}

void TestParentNamespace::twiceMeanwhileIsAViolation()
{
    ServerTest test;
    std::function<void(bool)> later;
    test.server->of([&](const QString &, const QCborMap &, std::function<void(bool)> allow) {
        later = std::move(allow);
    });
    const auto peer = test.guest();
    peer->send("40/late,");
    peer->send("40/late,");
    QVERIFY(peer->waitForClose());
}

void TestParentNamespace::theFirstFamilyGetsIt()
{
    ServerTest test;
    QStringList asked;
    const auto family = [&](const QString &word, bool allows) {
        return test.server->of([&asked, word, allows](const QString &, const QCborMap &,
                                                      const std::function<void(bool)> &allow) {
            asked << word;
            allow(allows);
        });
    };
    family(u"one"_s, false);
    ParentNamespace *two = family(u"two"_s, true);
    ParentNamespace *three = family(u"three"_s, true);
    QVERIFY(!test.guest()->join("/x").isEmpty());
    QCOMPARE(asked, (QStringList{u"one"_s, u"two"_s}));
    QCOMPARE(two->children().size(), 1);
    QVERIFY(three->children().isEmpty());
}

void TestParentNamespace::childrenInherit()
{
    QStringList told;
    ServerTest test;
    ParentNamespace *rooms = test.server->of(QRegularExpression(u"^/room-"_s));
    rooms->use([](ServerSocket &socket, const Next &next) {
        next(socket.handshake().auth.isEmpty() ? std::optional(Refusal{u"who?"_s}) : std::nullopt);
    });
    connect(rooms, &Namespace::connection, this, [&](ServerSocket *socket) {
        told << u"+"_s + socket->nsp()->name();
        socket->on(u"where"_s, socket, [socket](SocketIo::Ack ack) { ack({socket->nsp()->name()}); });
    });
    connect(rooms, &Namespace::socketDisconnected, this,
            [&](ServerSocket *socket, const QString &) { told << u"-"_s + socket->nsp()->name(); });
    const auto peer = test.guest();
    QVERIFY(peer->join("/room-1").isEmpty());
    QVERIFY(!peer->join("/room-1", R"({"me":1})").isEmpty());
    QVERIFY(!peer->join("/room-2", R"({"me":1})").isEmpty());
    peer->send(R"(42/room-2,7["where"])");
    QCOMPARE(peer->nextText(), R"(43/room-2,7["/room-2"])");
    peer->send("41/room-1,");
    QTRY_COMPARE(told, (QStringList{u"+/room-1"_s, u"+/room-2"_s, u"-/room-1"_s}));
    // Later middlewares are for later children.
    rooms->use([](ServerSocket &, const Next &next) { next(Refusal{u"closed"_s}); });
    QVERIFY(!test.guest()->join("/room-2", R"({"me":1})").isEmpty());
    QVERIFY(test.guest()->join("/room-3", R"({"me":1})").isEmpty());
}

void TestParentNamespace::anEmitReachesAllChildren()
{
    ServerTest test;
    ParentNamespace *rooms = test.server->of(QRegularExpression(u"^/room-"_s));
    const auto peer = test.peer();
    const QString one = peer->join("/room-1");
    QVERIFY(!peer->join("/room-2").isEmpty());
    rooms->emitEvent(u"all"_s, 1);
    QCOMPARE(peer->nextText(), R"(42/room-1,["all",1])");
    QCOMPARE(peer->nextText(), R"(42/room-2,["all",1])");
    rooms->socketsJoin(u"lobby"_s);
    rooms->to(u"lobby"_s).except(one).emitEvent(u"some"_s);
    QCOMPARE(peer->nextText(), R"(42/room-2,["some"])");
    QCOMPARE(rooms->fetchSockets().result().size(), 2);

    const auto future = rooms->timeout(RawSocket::patience).emitWithAck(u"q"_s, {});
    peer->send("43/room-1,0[1]");
    peer->send("43/room-2,0[2]");
    QTRY_VERIFY(future.isFinished());
    QCOMPARE(future.result().expected, 2);
    QCOMPARE(future.result().replies.size(), 2);
    QCOMPARE(peer->nextText(), R"(42/room-1,0["q"])");
    QCOMPARE(peer->nextText(), R"(42/room-2,0["q"])");
    rooms->disconnectSockets();
    QCOMPARE(peer->nextText(), "41/room-1,");
    QCOMPARE(peer->nextText(), "41/room-2,");
    QVERIFY(ServerTest::hasHeardAll(*peer)); // / is no child
}

void TestParentNamespace::codeMayAskForAChild()
{
    ServerTest test;
    ParentNamespace *rooms = test.server->of(QRegularExpression(u"^/room-"_s));
    Namespace *one = test.server->of(u"room-1"_s);
    QCOMPARE(rooms->children(), QList<Namespace *>{one});
    QCOMPARE(test.server->of(u"/room-1"_s), one);
}

void TestParentNamespace::anInvalidPatternMatchesNothing()
{
    ServerTest test;
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"no namespace matches"_s));
    test.server->of(QRegularExpression(u"^/(room"_s));
    QVERIFY(test.guest()->join("/(room").isEmpty());
}

void TestParentNamespace::emptyChildrenGo_data()
{
    QTest::addColumn<bool>("cleanup");
    QTest::newRow("kept") << false;
    QTest::newRow("removed") << true;
}

void TestParentNamespace::emptyChildrenGo()
{
    QFETCH(bool, cleanup);
    SocketIo::ServerOptions options;
    options.cleanupEmptyChildNamespaces = cleanup;
    ServerTest test(options);
    ParentNamespace *rooms = test.server->of(QRegularExpression(u"^/room-"_s));
    QSignalSpy removed(test.server.get(), &SocketIo::Server::namespaceRemoved);
    QSignalSpy left(rooms, &Namespace::socketDisconnected);
    const auto one = test.guest();
    const auto two = test.guest();
    QVERIFY(!one->join("/room-1").isEmpty());
    QVERIFY(!two->join("/room-1").isEmpty());
    one->send("41/room-1,");
    QTRY_COMPARE(left.size(), 1);
    QVERIFY(test.server->find(u"/room-1"_s));
    two->send("41/room-1,");
    QTRY_COMPARE(left.size(), 2);
    if (cleanup)
        QTRY_VERIFY(!test.server->find(u"/room-1"_s));
    QVERIFY(!one->join("/room-1").isEmpty()); // there again, or still
    QCOMPARE(removed.size(), int(cleanup));
    QCOMPARE(rooms->children().size(), 1);
    QVERIFY(test.server->find(u"/"_s)); // no child, never removed
}

void TestParentNamespace::aRefusedClientLeavesNoChild()
{
    SocketIo::ServerOptions options;
    options.cleanupEmptyChildNamespaces = true;
    ServerTest test(options);
    ParentNamespace *rooms = test.server->of(QRegularExpression(u"^/room-"_s));
    rooms->use([](ServerSocket &, const Next &next) { next(Refusal{u"no"_s}); });
    const auto peer = test.guest();
    QVERIFY(peer->join("/room-1").isEmpty());
    QTRY_VERIFY(!test.server->find(u"/room-1"_s));
    QTRY_VERIFY(rooms->children().isEmpty());
}

QTEST_GUILESS_MAIN(TestParentNamespace)
#include "tst_parentnamespace.moc"
