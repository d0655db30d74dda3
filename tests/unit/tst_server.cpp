// SPDX-License-Identifier: MIT
#include "server-lite/core/socketid.h"
#include "tests/support/servertest.h"

#include <QtCore/QRegularExpression>
#include <QtTest/QSignalSpy>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using SocketIo::Namespace;
using SocketIo::Server;
using SocketIo::ServerSocket;

class TestServer : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"."_s)); }

    void namespacesAreMadeOnFirstUse();
    void aClientMakesNoNamespace();
    void aPortInUseIsAnError();
    void theUrlIsOneAClientCanUse_data();
    void theUrlIsOneAClientCanUse();
    void closeTellsEverybody();
    void closingTwiceAndWithoutListening();
    void itIsDestroyedAtAnyTime_data();
    void itIsDestroyedAtAnyTime();
    void whoLeftAllNamespacesMayStay();
    void theConnectTimeoutSparesWhoJoined();
    void threadsShareTheSessions();
    void idsAreUnique();
};

void TestServer::namespacesAreMadeOnFirstUse()
{
    Server server;
    QSignalSpy created(&server, &Server::namespaceCreated);
    QCOMPARE(server.find(u"/chat"_s), nullptr);
    Namespace *chat = server.of(u"chat"_s);
    QCOMPARE(chat->name(), u"/chat"_s);
    QCOMPARE(chat->server(), &server);
    QCOMPARE(server.of(u"/chat"_s), chat);
    QCOMPARE(server.find(u"chat"_s), chat);
    QCOMPARE(server.sockets()->name(), u"/"_s);
    QCOMPARE(server.namespaces(), (QList<Namespace *>{chat, server.sockets()}));
    QCOMPARE(created.size(), 2);
}

void TestServer::aClientMakesNoNamespace()
{
    ServerTest test;
    const auto peer = test.guest();
    peer->send("40/random");
    QCOMPARE(peer->nextText(), R"(44/random,{"message":"Invalid namespace"})");
    QCOMPARE(test.server->namespaces().size(), 1);
}

void TestServer::aPortInUseIsAnError()
{
    ServerTest test;
    Server second;
    const auto listening = second.listen(QHostAddress::LocalHost, test.server->port());
    QVERIFY(!listening);
    QCOMPARE(listening.error().code, u"address-in-use"_s);
}

void TestServer::theUrlIsOneAClientCanUse_data()
{
    QTest::addColumn<QHostAddress>("address");
    QTest::addColumn<QString>("host");
    QTest::newRow("this machine") << QHostAddress(QHostAddress::LocalHost) << u"127.0.0.1"_s;
    QTest::newRow("all addresses") << QHostAddress(QHostAddress::Any) << u"127.0.0.1"_s;
    QTest::newRow("all IPv4 addresses") << QHostAddress(QHostAddress::AnyIPv4) << u"127.0.0.1"_s;
}

void TestServer::theUrlIsOneAClientCanUse()
{
    QFETCH(QHostAddress, address);
    QFETCH(QString, host);
    Server server;
    QVERIFY(server.listen(address));
    QVERIFY(server.port() != 0);
    QCOMPARE(server.url(), QUrl(u"http://%1:%2"_s.arg(host).arg(server.port())));
    server.of(u"/"_s);
    RawSocket peer(server.port());
    QVERIFY(!peer.join().isEmpty());
}

void TestServer::closeTellsEverybody()
{
    ServerTest test;
    const auto one = test.peer();
    const auto two = test.peer();
    QSignalSpy closed(test.server.get(), &Server::closed);
    QStringList reasons;
    connect(test.nsp, &Namespace::socketDisconnected, this,
            [&](ServerSocket *, const QString &reason) { reasons << reason; });
    test.nsp->emitEvent(u"bye"_s);
    test.server->close();
    QCOMPARE(reasons, (QStringList{u"server shutting down"_s, u"server shutting down"_s}));
    QTRY_COMPARE(closed.size(), 1);
    for (RawSocket *peer : {one.get(), two.get()}) {
        QCOMPARE(peer->nextText(), R"(42["bye"])");
        QVERIFY(peer->waitForClose());
        QVERIFY(!peer->hasFrame()); // the server says nothing at its end
    }
    RawSocket late(test.server->port());
    QVERIFY(!late.open());
}

void TestServer::closingTwiceAndWithoutListening()
{
    Server never;
    QSignalSpy neverClosed(&never, &Server::closed);
    never.close();
    QTRY_COMPARE(neverClosed.size(), 1);

    ServerTest test;
    QSignalSpy closed(test.server.get(), &Server::closed);
    test.server->close();
    test.server->close();
    QTRY_VERIFY(!closed.isEmpty());
}

void TestServer::itIsDestroyedAtAnyTime_data()
{
    QTest::addColumn<QString>("when");
    QTest::newRow("a session is open") << u"open"_s;
    QTest::newRow("a namespace is joined") << u"joined"_s;
    QTest::newRow("an answer is due") << u"asked"_s;
    QTest::newRow("packets are on their way") << u"busy"_s;
    QTest::newRow("it is closing") << u"closing"_s;
    QTest::newRow("a socket is leaving") << u"leaving"_s;
}

void TestServer::itIsDestroyedAtAnyTime()
{
    QFETCH(QString, when);
    ServerTest test;
    const auto peer = when == u"open"_s ? test.guest() : test.peer();
    QVERIFY(peer);
    int ended = 0;
    if (when == u"asked"_s) {
        test.socketOf(*peer)
            ->emitWithAck(u"q"_s, {}, 1min)
            .then([&](const Hubbub::Result<SocketIo::Arguments> &reply) {
                ++ended;
                QCOMPARE(reply.error().code, u"disconnected"_s);
            });
        test.nsp->all().emitWithAck(u"q"_s, {}, 1min).then([&](const SocketIo::BroadcastReplies &) {
            ++ended;
        });
    } else if (when == u"busy"_s) {
        for (int i = 0; i < 100; ++i) {
            peer->send(R"(42["x"])");
            test.nsp->emitEvent(u"y"_s, QByteArray(10'000, 'y'));
        }
    } else if (when == u"closing"_s) {
        test.server->close();
    } else if (when == u"leaving"_s) {
        test.socketOf(*peer)->disconnectSocket(true);
    }
    test.server.reset();
    QVERIFY(peer->waitForClose());
    QCOMPARE(ended, when == u"asked"_s ? 2 : 0);
}

void TestServer::whoLeftAllNamespacesMayStay()
{
    SocketIo::ServerOptions options;
    options.connectTimeout = 50ms;
    options.engine.pingInterval = 40ms;
    ServerTest test(options);
    const auto peer = test.peer();
    peer->setAnswersPings(false);
    peer->send("41");
    for (int i = 0; i < 3; ++i) { // three pings later it is still there
        QCOMPARE(peer->nextText(), "2");
        peer->send("3");
    }
    QVERIFY(!peer->isClosed());
}

void TestServer::theConnectTimeoutSparesWhoJoined()
{
    SocketIo::ServerOptions options;
    options.connectTimeout = 60ms;
    ServerTest test(options);
    const auto joined = test.peer();
    const auto idle = test.guest();
    const auto refused = test.guest();
    refused->send("40/random");
    QVERIFY(!refused->nextText().isEmpty());
    QVERIFY(idle->waitForClose());
    QVERIFY(refused->waitForClose());
    QVERIFY(ServerTest::hasHeardAll(*joined));
}

void TestServer::threadsShareTheSessions()
{
    SocketIo::ServerOptions options;
    options.engine.workers = 3;
    ServerTest test(options);
    std::vector<std::unique_ptr<RawSocket>> peers;
    for (int i = 0; i < 9; ++i) {
        peers.push_back(test.peer());
        QVERIFY(peers.back());
        if (i % 2 == 0)
            test.socketOf(*peers.back())->join(u"even"_s);
    }
    test.nsp->emitEvent(u"all"_s);
    test.nsp->to(u"even"_s).emitEvent(u"even"_s);
    test.nsp->emitEvent(u"end"_s);
    for (std::size_t i = 0; i < peers.size(); ++i) {
        QCOMPARE(peers[i]->nextText(), R"(42["all"])");
        if (i % 2 == 0)
            QCOMPARE(peers[i]->nextText(), R"(42["even"])");
        QCOMPARE(peers[i]->nextText(), R"(42["end"])");
    }
}

void TestServer::idsAreUnique()
{
    QSet<QString> ids;
    const QRegularExpression shape(u"^[A-Za-z0-9_-]{20}$"_s);
    for (int i = 0; i < 10'000; ++i) {
        const QString id = SocketIo::makeSocketId();
        QVERIFY2(shape.match(id).hasMatch(), qPrintable(id));
        ids.insert(id);
    }
    QCOMPARE(ids.size(), 10'000);
}

QTEST_GUILESS_MAIN(TestServer)
#include "tst_server.moc"
