// SPDX-License-Identifier: MIT
#include "tests/support/servertest.h"

#include <QtCore/QRegularExpression>
#include <QtTest/QSignalSpy>

using namespace Qt::StringLiterals;
using SocketIo::Event;
using SocketIo::Next;
using SocketIo::Refusal;
using SocketIo::ServerSocket;

/// Middlewares, of connections and of events.
class TestNamespace : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"."_s)); }

    void middlewaresRunInOrder();
    void aRefusalReachesTheClient_data();
    void aRefusalReachesTheClient();
    void theRestIsNotAskedAfterARefusal();
    void aRefusedClientMayTryAgain();
    void anAnswerMayComeLater();
    void aForgottenAnswerIsARefusal();
    void theClientLeavesMeanwhile_data();
    void theClientLeavesMeanwhile();
    void theServerGoesMeanwhile();
    void nothingIsAllowedMeanwhile_data();
    void nothingIsAllowedMeanwhile();
    void eventMiddlewaresRunBetweenAnyAndHandlers();
    void aRefusedEventIsAnswered_data();
    void aRefusedEventIsAnswered();
    void laterEventsWait();
    void theSocketLeavesWhileAnEventWaits();
};

void TestNamespace::middlewaresRunInOrder()
{
    ServerTest test;
    QStringList ran;
    for (const QString &name : {u"first"_s, u"second"_s}) {
        test.nsp->use([&ran, name](ServerSocket &socket, const Next &next) {
            QVERIFY(!socket.isConnected());
            QVERIFY(socket.nsp()->sockets().isEmpty());
            ran << name;
            socket.join(name);
            next({});
            next(Refusal{u"too late"_s});
        });
    }
    connect(test.nsp, &SocketIo::Namespace::connection, this, [&](ServerSocket *socket) {
        ran << u"connected"_s;
        QCOMPARE(socket->rooms(), (QSet<QString>{u"first"_s, u"second"_s, socket->id()}));
    });
    test.server->of(u"/other"_s);
    const auto peer = test.peer();
    QVERIFY(peer);
    QVERIFY(!peer->join("/other").isEmpty()); // not its business
    QCOMPARE(ran, (QStringList{u"first"_s, u"second"_s, u"connected"_s}));
    QVERIFY(ServerTest::hasHeardAll(*peer));
}

void TestNamespace::aRefusalReachesTheClient_data()
{
    QTest::addColumn<QCborValue>("data");
    QTest::addColumn<QByteArray>("heard");
    QTest::newRow("words only") << QCborValue(QCborValue::Undefined) << R"(44{"message":"no \"entry\""})"_ba;
    QTest::newRow("an object") << QCborValue(QCborMap{{u"c"_s, 1}})
                               << R"(44{"message":"no \"entry\"","data":{"c":1}})"_ba;
    QTest::newRow("null") << QCborValue(nullptr) << R"(44{"message":"no \"entry\"","data":null})"_ba;
}

void TestNamespace::aRefusalReachesTheClient()
{
    QFETCH(QCborValue, data);
    QFETCH(QByteArray, heard);
    ServerTest test;
    QPointer<ServerSocket> refused;
    test.nsp->use([&](ServerSocket &socket, const Next &next) {
        refused = &socket;
        socket.join(u"lobby"_s);
        next(Refusal{u"no \"entry\""_s, data});
    });
    QSignalSpy connected(test.nsp, &SocketIo::Namespace::connection);
    QSignalSpy told(test.nsp, &SocketIo::Namespace::connectionRefused);
    const auto peer = test.guest();
    peer->send("40");
    QCOMPARE(peer->nextText(), heard);
    QCOMPARE(connected.size(), 0);
    QCOMPARE(told.size(), 1);
    QCOMPARE(told.constFirst().constFirst().toString(), u"no \"entry\""_s);
    QVERIFY(test.nsp->adapter()->roomSizes().isEmpty());
    QTRY_VERIFY(!refused);
    QVERIFY(!peer->isClosed());
}

void TestNamespace::theRestIsNotAskedAfterARefusal()
{
    ServerTest test;
    bool asked = false;
    test.nsp->use([](ServerSocket &, const Next &next) { next(Refusal{u"no"_s}); });
    test.nsp->use([&](ServerSocket &, const Next &next) {
        asked = true;
        next({});
    });
    const auto peer = test.guest();
    peer->send("40");
    QCOMPARE(peer->nextText(), R"(44{"message":"no"})");
    QVERIFY(!asked);
}

void TestNamespace::aRefusedClientMayTryAgain()
{
    ServerTest test;
    test.nsp->use([](ServerSocket &socket, const Next &next) {
        if (socket.handshake().auth[u"token"_s].toString() == u"right"_s)
            next({});
        else
            next(Refusal{u"Invalid token"_s});
    });
    const auto peer = test.guest();
    peer->send(R"(40{"token":"wrong"})");
    QCOMPARE(peer->nextText(), R"(44{"message":"Invalid token"})");
    QVERIFY(!peer->join("/", R"({"token":"right"})").isEmpty());
    QVERIFY(ServerTest::hasHeardAll(*peer));
}

void TestNamespace::anAnswerMayComeLater()
{
    ServerTest test;
    auto *custom = test.server->of(u"/custom"_s);
    Next kept;
    custom->use([&](ServerSocket &, const Next &next) { kept = next; });
    const auto peer = test.peer();
    peer->send("40/custom,");
    QVERIFY(ServerTest::hasHeardAll(*peer)); // other namespaces go on meanwhile
    QVERIFY(kept);
    QVERIFY(custom->sockets().isEmpty());
    kept({});
    QVERIFY(peer->nextText().startsWith("40/custom,{"));
    QCOMPARE(custom->sockets().size(), 1);
}

void TestNamespace::aForgottenAnswerIsARefusal()
{
    ServerTest test;
    test.nsp->use([](ServerSocket &, const Next &) {});
    const auto peer = test.guest();
    peer->send("40");
    QCOMPARE(peer->nextText(), R"(44{"message":"The server gave no answer."})");
}

void TestNamespace::theClientLeavesMeanwhile_data()
{
    QTest::addColumn<bool>("accepted");
    QTest::newRow("accepted too late") << true;
    QTest::newRow("refused too late") << false;
}

void TestNamespace::theClientLeavesMeanwhile()
{
    QFETCH(bool, accepted);
    ServerTest test;
    Next kept;
    QPointer<ServerSocket> socket;
    test.nsp->use([&](ServerSocket &arrived, const Next &next) {
        socket = &arrived;
        arrived.join(u"lobby"_s);
        kept = next;
    });
    QSignalSpy connected(test.nsp, &SocketIo::Namespace::connection);
    QSignalSpy refused(test.nsp, &SocketIo::Namespace::connectionRefused);
    QSignalSpy left(test.nsp, &SocketIo::Namespace::socketDisconnected);
    const auto peer = test.guest();
    peer->send("40");
    QTRY_VERIFY(kept);
    peer->close();
    QTRY_VERIFY(!socket);
    kept(accepted ? std::nullopt : std::optional(Refusal{u"no"_s}));
    QCOMPARE(connected.size() + refused.size() + left.size(), 0);
    QVERIFY(test.nsp->adapter()->roomSizes().isEmpty());
}

void TestNamespace::theServerGoesMeanwhile()
{
    ServerTest test;
    Next kept;
    test.nsp->use([&](ServerSocket &, const Next &next) { kept = next; });
    const auto peer = test.guest();
    peer->send("40");
    QTRY_VERIFY(kept);
    test.server.reset();
    kept({});
    kept = nullptr;
}

void TestNamespace::nothingIsAllowedMeanwhile_data()
{
    QTest::addColumn<QByteArray>("said");
    QTest::newRow("another CONNECT") << "40"_ba;
    QTest::newRow("an event") << R"(42["early"])"_ba;
    QTest::newRow("DISCONNECT") << "41"_ba;
}

void TestNamespace::nothingIsAllowedMeanwhile()
{
    QFETCH(QByteArray, said);
    ServerTest test;
    Next kept;
    test.nsp->use([&](ServerSocket &, const Next &next) { kept = next; });
    const auto peer = test.guest();
    peer->send("40");
    peer->send(said);
    QVERIFY(peer->waitForClose());
    kept({});
    QVERIFY(test.nsp->sockets().isEmpty());
    QVERIFY(!peer->hasFrame());
}

void TestNamespace::eventMiddlewaresRunBetweenAnyAndHandlers()
{
    ServerTest test;
    QStringList ran;
    connect(test.nsp, &SocketIo::Namespace::connection, this, [&](ServerSocket *socket) {
        socket->onAny(this, [&](const Event &) { ran << u"any"_s; });
        socket->on(u"e"_s, this, [&] { ran << u"handler"_s; });
        socket->use([&](const Event &event, const Next &next) {
            ran << u"middleware "_s + event.name;
            next({});
        });
    });
    const auto peer = test.peer();
    peer->send(R"(42["e"])");
    QVERIFY(ServerTest::hasHeardAll(*peer));
    QCOMPARE(ran, (QStringList{u"any"_s, u"middleware e"_s, u"handler"_s, u"any"_s, u"middleware sync"_s}));
}

void TestNamespace::aRefusedEventIsAnswered_data()
{
    QTest::addColumn<QCborValue>("data");
    QTest::addColumn<QByteArray>("said");
    QTest::addColumn<QByteArray>("heard");
    const QCborValue none(QCborValue::Undefined);
    QTest::newRow("no answer asked for") << none << R"(42["e"])"_ba
                                         << ""_ba;
    QTest::newRow("an answer asked for")
        << none << R"(421["e"])"_ba
        << R"(431[{"success":false,"error":{"code":"refused","message":"slow down"}}])"_ba;
    QTest::newRow("with a code")
        << QCborValue(QCborMap{{u"code"_s, u"rate-limited"_s}}) << R"(421["e"])"_ba
        << R"(431[{"success":false,"error":{"code":"rate-limited","message":"slow down","data":{"code":"rate-limited"}}}])"_ba;
}

void TestNamespace::aRefusedEventIsAnswered()
{
    QFETCH(QCborValue, data);
    QFETCH(QByteArray, said);
    QFETCH(QByteArray, heard);
    ServerTest test;
    bool handled = false;
    QStringList errors;
    connect(test.nsp, &SocketIo::Namespace::connection, this, [&](ServerSocket *socket) {
        socket->on(u"e"_s, this, [&] { handled = true; });
        socket->use([&](const Event &event, const Next &next) {
            next(event.name == u"e"_s ? std::optional(Refusal{u"slow down"_s, data}) : std::nullopt);
        });
        connect(socket, &ServerSocket::error, this,
                [&](const Hubbub::Error &error) { errors << error.code + u": "_s + error.message; });
    });
    const auto peer = test.peer();
    peer->send(said);
    if (!heard.isEmpty())
        QCOMPARE(peer->nextText(), heard);
    QVERIFY(ServerTest::hasHeardAll(*peer));
    QVERIFY(!handled);
    QCOMPARE(errors, QStringList{u"event-refused: slow down"_s});
}

void TestNamespace::laterEventsWait()
{
    ServerTest test;
    QList<int> handled;
    Next kept;
    connect(test.nsp, &SocketIo::Namespace::connection, this, [&](ServerSocket *socket) {
        socket->on(u"e"_s, this, [&](int n) { handled << n; });
        socket->use([&](const Event &event, const Next &next) {
            if (event.arguments.at(0).toInteger() == 1)
                kept = next;
            else
                next({});
        });
    });
    const auto peer = test.peer();
    const auto other = test.peer();
    for (int n = 0; n < 1'000; ++n)
        peer->send("42[\"e\"," + QByteArray::number(n) + "]");
    peer->send(R"(427["sync"])");
    QTRY_VERIFY(kept);
    QVERIFY(ServerTest::hasHeardAll(*other)); // others do not wait
    QCOMPARE(handled, QList<int>{0});
    kept({});
    QCOMPARE(peer->nextText(), "437[]");
    QCOMPARE(handled.size(), 1'000);
    QVERIFY(std::is_sorted(handled.cbegin(), handled.cend()));
}

void TestNamespace::theSocketLeavesWhileAnEventWaits()
{
    ServerTest test;
    int handled = 0;
    Next kept;
    connect(test.nsp, &SocketIo::Namespace::connection, this, [&](ServerSocket *socket) {
        socket->on(u"e"_s, this, [&] { ++handled; });
        socket->use([&](const Event &, const Next &next) { kept = next; });
    });
    const auto peer = test.peer();
    peer->send(R"(421["e"])");
    peer->send(R"(422["e"])");
    QTRY_VERIFY(kept);
    QPointer<ServerSocket> socket = test.socketOf(*peer);
    connect(socket, &ServerSocket::disconnected, this, [&] { kept({}); });
    peer->send("41");
    QTRY_VERIFY(!socket);
    kept({});
    QCOMPARE(handled, 0);
    QVERIFY(!peer->join().isEmpty());
}

QTEST_GUILESS_MAIN(TestNamespace)
#include "tst_namespace.moc"
