// SPDX-License-Identifier: MIT
#include "tests/support/servertest.h"

#include <QtCore/QRegularExpression>
#include <QtTest/QSignalSpy>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using SocketIo::Ack;
using SocketIo::Arguments;
using SocketIo::Event;
using SocketIo::ServerSocket;

class TestServerSocket : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"."_s)); }

    void whatAConnectionHandlerEmitsFollowsConnect();
    void theHandshakeTellsHowTheClientCame();
    void disconnectReasons_data();
    void disconnectReasons();
    void disconnectSaysSoAndKeepsTheConnection();
    void closingTheConnectionEndsItsOtherNamespaces();
    void lateEventsAfterAServerDisconnectAreNoViolation();
    void nothingWorksAfterLeaving();

    void handlersRunInOrder();
    void handlersDieWithTheirContext();
    void handlersMayDestroy_data();
    void handlersMayDestroy();
    void argumentsThatDoNotFitAreAnError();
    void oneFittingHandlerAnswersAlone();
    void anAckIsSentOnce();
    void anAckOutlivesItsSocket();
    void outgoingListenersSeeEmitsAndBroadcasts();

    void emitWithAck_data();
    void emitWithAck();
    void answersComeInAnyOrder();
    void anAckOfAnotherSocketIsIgnored();
    void whatCannotBeSentIsRefused_data();
    void whatCannotBeSentIsRefused();
};

void TestServerSocket::whatAConnectionHandlerEmitsFollowsConnect()
{
    ServerTest test;
    connect(test.nsp, &SocketIo::Namespace::connection, this, [](ServerSocket *socket) {
        QVERIFY(socket->isConnected());
        QCOMPARE(socket->rooms(), QSet<QString>{socket->id()});
        socket->emitEvent(u"first"_s);
        socket->emitEvent(u"second"_s, 2, u"two"_s);
        socket->emitVolatile(u"third"_s, {});
    });
    const auto peer = test.peer();
    QVERIFY(peer);
    QCOMPARE(peer->nextText(), R"(42["first"])");
    QCOMPARE(peer->nextText(), R"(42["second",2,"two"])");
    QCOMPARE(peer->nextText(), R"(42["third"])");
}

void TestServerSocket::theHandshakeTellsHowTheClientCame()
{
    ServerTest test;
    const auto peer = test.guest();
    QVERIFY(!peer->join("/", R"({"token":"t"})").isEmpty());
    const auto *socket = test.nsp->sockets().values().constFirst();
    const SocketIo::Handshake &handshake = socket->handshake();
    QCOMPARE(handshake.auth, (QCborMap{{u"token"_s, u"t"_s}}));
    QCOMPARE(handshake.query.queryItemValue(u"EIO"_s), u"4"_s);
    QVERIFY(handshake.url.startsWith("/socket.io/?"));
    QVERIFY(handshake.address.isLoopback());
    QVERIFY(!handshake.secure);
    QVERIFY(qAbs(handshake.time.msecsTo(QDateTime::currentDateTimeUtc())) < 60'000);
    QCOMPARE(EngineIo::toString(socket->transport()), u"websocket"_s);
    QCOMPARE(socket->clientId().size(), 20);
    QVERIFY(socket->clientId() != peer->handshake()[u"sid"_s].toString());
    QVERIFY(socket->id() != peer->handshake()[u"sid"_s].toString());
}

void TestServerSocket::disconnectReasons_data()
{
    QTest::addColumn<QString>("how");
    QTest::addColumn<QString>("reason");
    QTest::newRow("the client says so") << u"41"_s << u"client namespace disconnect"_s;
    QTest::newRow("the client closes the connection") << u"close"_s << u"transport close"_s;
    QTest::newRow("the server says so") << u"disconnect"_s << u"server namespace disconnect"_s;
    QTest::newRow("the server closes the connection")
        << u"disconnect all"_s << u"server namespace disconnect"_s;
    QTest::newRow("the server's program deletes the socket")
        << u"delete"_s << u"server namespace disconnect"_s;
    QTest::newRow("Socket.IO garbage") << u"4garbage"_s << u"forced close"_s;
    QTest::newRow("a second CONNECT") << u"40"_s << u"forced close"_s;
    QTest::newRow("Engine.IO garbage") << u"garbage"_s << u"parse error"_s;
    QTest::newRow("no answer to a ping") << u"silence"_s << u"ping timeout"_s;
    QTest::newRow("the server shuts down") << u"shut down"_s << u"server shutting down"_s;
    QTest::newRow("the server is destroyed") << u"destroy"_s << u"server shutting down"_s;
}

void TestServerSocket::disconnectReasons()
{
    QFETCH(QString, how);
    QFETCH(QString, reason);
    SocketIo::ServerOptions options;
    if (how == u"silence"_s) {
        options.engine.pingInterval = 50ms;
        options.engine.pingTimeout = 50ms;
    }
    ServerTest test(options);
    const auto peer = test.peer();
    QPointer<ServerSocket> socket = test.socketOf(*peer);
    socket->join(u"lobby"_s);

    QStringList told;
    connect(socket, &ServerSocket::disconnecting, this, [&](const QString &why) {
        QVERIFY(socket->isConnected());
        QCOMPARE(socket->rooms().size(), 2);
        QVERIFY(test.nsp->sockets().contains(peer->id));
        told << u"disconnecting: "_s + why;
    });
    connect(socket, &ServerSocket::disconnected, this, [&](const QString &why) {
        QVERIFY(!socket->isConnected());
        QVERIFY(socket->rooms().isEmpty());
        QVERIFY(!test.nsp->sockets().contains(peer->id));
        told << u"disconnected: "_s + why;
    });
    connect(test.nsp, &SocketIo::Namespace::socketDisconnected, this,
            [&](ServerSocket *left, const QString &why) {
                QCOMPARE(left, socket.data());
                told << u"namespace: "_s + why;
            });

    if (how == u"close"_s)
        peer->close();
    else if (how == u"disconnect"_s)
        socket->disconnectSocket();
    else if (how == u"disconnect all"_s)
        socket->disconnectSocket(true);
    else if (how == u"delete"_s)
        delete socket.data();
    else if (how == u"silence"_s)
        peer->setAnswersPings(false);
    else if (how == u"shut down"_s)
        test.server->close();
    else if (how == u"destroy"_s)
        test.server.reset();
    else
        peer->send(how.toUtf8());

    QTRY_VERIFY(!socket);
    QCOMPARE(told, (QStringList{u"disconnecting: "_s + reason, u"disconnected: "_s + reason,
                                u"namespace: "_s + reason}));
}

void TestServerSocket::disconnectSaysSoAndKeepsTheConnection()
{
    ServerTest test;
    const auto peer = test.peer();
    test.socketOf(*peer)->emitEvent(u"bye"_s);
    test.socketOf(*peer)->disconnectSocket();
    QCOMPARE(peer->nextText(), R"(42["bye"])");
    QCOMPARE(peer->nextText(), "41");
    const QString again = peer->join();
    QVERIFY(!again.isEmpty());
    QVERIFY(again != peer->id);
    QVERIFY(ServerTest::hasHeardAll(*peer));
}

void TestServerSocket::closingTheConnectionEndsItsOtherNamespaces()
{
    ServerTest test;
    auto *custom = test.server->of(u"custom"_s);
    const auto peer = test.peer();
    QVERIFY(!peer->join("/custom").isEmpty());
    QSignalSpy left(custom, &SocketIo::Namespace::socketDisconnected);
    test.socketOf(*peer)->disconnectSocket(true);
    QCOMPARE(left.size(), 1);
    QCOMPARE(left.constFirst().at(1).toString(), u"server namespace disconnect"_s);
    QCOMPARE(peer->nextText(), "41");
    QCOMPARE(peer->nextText(), "41/custom,");
    QVERIFY(peer->waitForClose());
    QVERIFY(!peer->hasFrame());
}

void TestServerSocket::lateEventsAfterAServerDisconnectAreNoViolation()
{
    ServerTest test;
    test.server->of(u"custom"_s);
    const auto peer = test.peer();
    QVERIFY(!peer->join("/custom").isEmpty());
    test.server->of(u"custom"_s)->all().disconnectSockets();
    for (const auto *late : {R"(42/custom,["late",1])", "43/custom,0[]", "41/custom,"})
        peer->send(late); // said before the 41 below was read
    QCOMPARE(peer->nextText(), "41/custom,");
    QVERIFY(ServerTest::hasHeardAll(*peer));
    QVERIFY(!peer->join("/custom").isEmpty());
    peer->send("40/custom");
    QVERIFY(peer->waitForClose());
}

void TestServerSocket::nothingWorksAfterLeaving()
{
    ServerTest test;
    const auto peer = test.peer();
    ServerSocket *socket = test.socketOf(*peer);
    bool asked = false;
    connect(socket, &ServerSocket::disconnected, this, [&] {
        asked = true;
        socket->join(u"lobby"_s);
        QVERIFY(socket->rooms().isEmpty());
        QVERIFY(test.nsp->adapter()->roomSizes().isEmpty());
        socket->emitEvent(u"lost"_s);
        socket->disconnectSocket(true);
        const auto reply = socket->emitWithAck(u"question"_s, {});
        QVERIFY(reply.isFinished());
        QCOMPARE(reply.result().error().code, u"disconnected"_s);
        QCOMPARE(EngineIo::toString(socket->transport()), u"websocket"_s);
        socket->onAnyOutgoing(this, [](const Event &) {});
    });
    socket->disconnectSocket();
    QVERIFY(asked);
    QCOMPARE(peer->nextText(), "41");
    QVERIFY(!peer->join().isEmpty());
    QVERIFY(ServerTest::hasHeardAll(*peer));
}

void TestServerSocket::handlersRunInOrder()
{
    ServerTest test;
    const auto peer = test.peer();
    ServerSocket *socket = test.socketOf(*peer);
    QStringList ran;
    socket->on(u"e"_s, this, [&](int n) { ran << u"first %1"_s.arg(n); });
    socket->on(u"e"_s, this, [&](int n) { ran << u"second %1"_s.arg(n); });
    socket->on(u"other"_s, this, [&] { ran << u"other"_s; });
    socket->onAny(this, [&](const Event &event) { ran << u"any "_s + event.name; });
    peer->send(R"(42["e",1])");
    peer->send(R"(42["other"])");
    peer->send(R"(42["e",2])");
    QVERIFY(ServerTest::hasHeardAll(*peer));
    QCOMPARE(ran, (QStringList{u"any e"_s, u"first 1"_s, u"second 1"_s, u"any other"_s, u"other"_s,
                               u"any e"_s, u"first 2"_s, u"second 2"_s, u"any sync"_s}));
}

void TestServerSocket::handlersDieWithTheirContext()
{
    ServerTest test;
    const auto peer = test.peer();
    ServerSocket *socket = test.socketOf(*peer);
    QStringList ran;
    auto context = std::make_unique<QObject>();
    socket->on(u"e"_s, this, [&] { ran << u"stays"_s; });
    socket->on(u"e"_s, context.get(), [&] { ran << u"goes"_s; });
    socket->onAny(context.get(), [&](const Event &) { ran << u"any"_s; });
    socket->onAnyOutgoing(context.get(), [&](const Event &) { ran << u"outgoing"_s; });
    socket->on(u"e"_s, nullptr, [&, socket] { ran << u"the socket's"_s; });
    context.reset();
    peer->send(R"(42["e"])");
    QVERIFY(ServerTest::hasHeardAll(*peer));
    socket->emitEvent(u"x"_s);
    QCOMPARE(ran, (QStringList{u"stays"_s, u"the socket's"_s}));
}

void TestServerSocket::handlersMayDestroy_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<QByteArrayList>("heard");
    QTest::newRow("disconnect the socket") << u"disconnect"_s << QByteArrayList{"41"};
    QTest::newRow("delete the socket") << u"delete"_s << QByteArrayList{"41"};
    QTest::newRow("close the connection") << u"close"_s << QByteArrayList{"41", ""};
    QTest::newRow("delete the next handler's context") << u"context"_s << QByteArrayList{};
    QTest::newRow("delete the server, later") << u"server"_s << QByteArrayList{""};
}

void TestServerSocket::handlersMayDestroy()
{
    QFETCH(QString, what);
    QFETCH(QByteArrayList, heard);
    ServerTest test;
    const auto peer = test.peer();
    QPointer<ServerSocket> socket = test.socketOf(*peer);
    auto context = std::make_unique<QObject>();
    int after = 0;
    int events = 0;
    const auto act = [&] {
        ++events;
        if (what == u"disconnect"_s)
            socket->disconnectSocket();
        else if (what == u"delete"_s)
            delete socket.data();
        else if (what == u"close"_s)
            socket->disconnectSocket(true);
        else if (what == u"context"_s)
            context.reset();
        else
            test.server.release()->deleteLater();
    };
    socket->on(u"e"_s, this, act);
    socket->on(u"e"_s, context.get(), [&] { ++after; });
    peer->send(R"(421["e"])");
    peer->send(R"(422["nobody"])"); // in the same batch
    for (const QByteArray &text : heard)
        QCOMPARE(peer->nextText(), text);
    QTRY_COMPARE(events, 1);
    if (what == u"context"_s || what == u"delete"_s)
        QCOMPARE(after, 0);
    if (what != u"server"_s && what != u"close"_s) {
        if (what != u"context"_s)
            QVERIFY(!peer->join().isEmpty());
        QVERIFY(ServerTest::hasHeardAll(*peer));
    }
}

void TestServerSocket::argumentsThatDoNotFitAreAnError()
{
    ServerTest test;
    const auto peer = test.peer();
    ServerSocket *socket = test.socketOf(*peer);
    QList<Hubbub::Error> errors;
    connect(socket, &ServerSocket::error, this, [&](const Hubbub::Error &error) { errors << error; });
    bool ran = false;
    socket->on(u"number"_s, this, [&](int) { ran = true; });
    peer->send(R"(425["number","text"])");
    QCOMPARE(peer->nextText(), R"(435[{"success":false,"error":{"code":"argument-mismatch","message":")"
                               R"(Event \"number\": argument 1 is not a whole number in range."}}])");
    peer->send(R"(42["number"])"); // no answer was asked for
    QVERIFY(ServerTest::hasHeardAll(*peer));
    QVERIFY(!ran);
    QCOMPARE(errors.size(), 2);
    QCOMPARE(errors.constFirst().code, u"argument-mismatch"_s);
}

void TestServerSocket::oneFittingHandlerAnswersAlone()
{
    ServerTest test;
    const auto peer = test.peer();
    ServerSocket *socket = test.socketOf(*peer);
    socket->on(u"e"_s, this, [](int, Ack ack) { ack({u"number"_s}); });
    socket->on(u"e"_s, this, [](const QString &, Ack ack) { ack({u"text"_s}); });
    peer->send(R"(421["e","x"])");
    QCOMPARE(peer->nextText(), R"(431["text"])");
    QVERIFY(ServerTest::hasHeardAll(*peer));
}

void TestServerSocket::anAckIsSentOnce()
{
    ServerTest test;
    const auto peer = test.peer();
    test.socketOf(*peer)->on(u"e"_s, this, [](const Event &event) {
        QVERIFY(event.ack.isRequested());
        const Ack copy = event.ack;
        copy({1});
        event.ack({2});
    });
    peer->send(R"(4212["e"])");
    QCOMPARE(peer->nextText(), "4312[1]");
    QVERIFY(ServerTest::hasHeardAll(*peer));
}

void TestServerSocket::anAckOutlivesItsSocket()
{
    ServerTest test;
    const auto peer = test.peer();
    Ack kept;
    test.socketOf(*peer)->on(u"e"_s, this, [&](const Event &event) { kept = event.ack; });
    peer->send(R"(421["e"])");
    QVERIFY(ServerTest::hasHeardAll(*peer));
    delete test.socketOf(*peer);
    kept({u"too late"_s});
    QCOMPARE(peer->nextText(), "41");
    QVERIFY(!peer->join().isEmpty());
    test.server.reset();
    kept({u"much too late"_s});
}

void TestServerSocket::outgoingListenersSeeEmitsAndBroadcasts()
{
    ServerTest test;
    const auto peer = test.peer();
    ServerSocket *socket = test.socketOf(*peer);
    QStringList seen;
    socket->onAnyOutgoing(
        this, [&](const Event &event) { seen << event.name + u' ' + event.arguments.at(0).toString(); });
    socket->emitEvent(u"own"_s, u"a"_s);
    test.nsp->emitEvent(u"all"_s, u"b"_s);
    test.nsp->to(peer->id).emitEvent(u"room"_s, u"c"_s);
    test.nsp->except(peer->id).emitEvent(u"others"_s, u"d"_s);
    QVERIFY(!socket->emitWithAck(u"question"_s, {u"e"_s}).isFinished());
    for (int i = 0; i < 4; ++i)
        QVERIFY(!peer->nextText().isEmpty());
    QVERIFY(ServerTest::hasHeardAll(*peer)); // its ack is not among what was seen
    QCOMPARE(seen, (QStringList{u"own a"_s, u"all b"_s, u"room c"_s, u"question e"_s}));
}

void TestServerSocket::emitWithAck_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QString>("outcome");
    QTest::newRow("answered") << R"(430["yes",1])"_ba << u"yes"_s;
    QTest::newRow("answered with nothing") << "430[]"_ba << u""_s;
    QTest::newRow("answered too late") << ""_ba << u"ack-timeout"_s;
    QTest::newRow("another answer") << R"(431["no"])"_ba << u"ack-timeout"_s;
    QTest::newRow("the client leaves") << "41"_ba << u"disconnected"_s;
    QTest::newRow("the client sends garbage") << "4garbage"_ba << u"disconnected"_s;
    QTest::newRow("the server goes") << "destroy"_ba << u"disconnected"_s;
}

void TestServerSocket::emitWithAck()
{
    QFETCH(QByteArray, answer);
    QFETCH(QString, outcome);
    ServerTest test;
    const auto peer = test.peer();
    const auto timeout =
        outcome == u"ack-timeout"_s ? 50ms : std::chrono::milliseconds(RawSocket::patience * 2);
    const auto reply = test.socketOf(*peer)->emitWithAck(u"question"_s, {true}, timeout);
    QCOMPARE(peer->nextText(), R"(420["question",true])");
    if (answer == "destroy")
        test.server.reset();
    else if (!answer.isEmpty())
        peer->send(answer);
    QTRY_VERIFY(reply.isFinished());
    const auto result = reply.result();
    QCOMPARE(result ? result->at(0).toString() : result.error().code, outcome);
    if (answer.isEmpty()) {
        peer->send(R"(430["late"])"); // nobody waits for it anymore
        QVERIFY(ServerTest::hasHeardAll(*peer));
    }
}

void TestServerSocket::answersComeInAnyOrder()
{
    ServerTest test;
    const auto peer = test.peer();
    QStringList came;
    for (int i = 0; i < 3; ++i) {
        test.socketOf(*peer)
            ->emitWithAck(u"q"_s, {i})
            .then(this, [&came, i](const Hubbub::Result<Arguments> &r) {
                came << u"%1: %2"_s.arg(i).arg(r->at(0).toString());
            });
        QCOMPARE(peer->nextText(),
                 QByteArray::fromStdString("42" + std::to_string(i) + "[\"q\"," + std::to_string(i) + "]"));
    }
    for (const auto *answer : {R"(432["c"])", R"(430["a"])", R"(430["again"])", R"(431["b"])"})
        peer->send(answer);
    QTRY_COMPARE(came, (QStringList{u"2: c"_s, u"0: a"_s, u"1: b"_s}));
}

void TestServerSocket::anAckOfAnotherSocketIsIgnored()
{
    ServerTest test;
    const auto asked = test.peer();
    const auto stranger = test.peer();
    const auto reply = test.socketOf(*asked)->emitWithAck(u"secret"_s, {}, RawSocket::patience * 2);
    QCOMPARE(asked->nextText(), R"(420["secret"])");
    stranger->send(R"(430["mine"])");
    QVERIFY(ServerTest::hasHeardAll(*stranger));
    QVERIFY(!reply.isFinished());
    asked->send(R"(430["truth"])");
    QTRY_VERIFY(reply.isFinished());
    QCOMPARE(reply.result()->at(0).toString(), u"truth"_s);
}

void TestServerSocket::whatCannotBeSentIsRefused_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("attachments");
    QTest::addColumn<QString>("code");
    QTest::newRow("a reserved name") << u"disconnect"_s << 0 << u"reserved-event"_s;
    QTest::newRow("eleven attachments") << u"files"_s << 11 << u"too-many-attachments"_s;
}

void TestServerSocket::whatCannotBeSentIsRefused()
{
    QFETCH(QString, name);
    QFETCH(int, attachments);
    QFETCH(QString, code);
    ServerTest test;
    const auto peer = test.peer();
    ServerSocket *socket = test.socketOf(*peer);
    QStringList codes;
    connect(socket, &ServerSocket::error, this, [&](const Hubbub::Error &error) { codes << error.code; });
    QCborArray values;
    for (int i = 0; i < attachments; ++i)
        values.append(QByteArray(1, char(i)));

    const QRegularExpression warning(u"refused"_s);
    for (int i = 0; i < 4; ++i)
        QTest::ignoreMessage(QtWarningMsg, warning);
    socket->emitEvent(name, Arguments(values));
    const auto one = socket->emitWithAck(name, Arguments(values));
    test.nsp->all().emitEvent(name, Arguments(values));
    const auto many = test.nsp->all().emitWithAck(name, Arguments(values));
    QVERIFY(one.isFinished());
    QCOMPARE(one.result().error().code, code);
    QVERIFY(many.isFinished());
    QVERIFY(many.result().replies.isEmpty());
    QCOMPARE(codes, (QStringList{code, code}));
    QVERIFY(ServerTest::hasHeardAll(*peer));
}

QTEST_GUILESS_MAIN(TestServerSocket)
#include "tst_serversocket.moc"
