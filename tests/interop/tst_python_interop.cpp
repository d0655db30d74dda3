// SPDX-License-Identifier: MIT
// Our client against Debian's python3-socketio, by every way in.
#include "libclient/client/manager.h"
#include "libclient/client/socket.h"
#include "tests/support/answerof.h"
#include "tests/support/peerserver.h"

#include <QtCore/QCborArray>
#include <QtCore/QCborMap>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

#include <memory>
#include <numeric>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using SocketIo::Arguments;
using SocketIo::ConnectionState;
using SocketIo::Manager;
using SocketIo::ManagerOptions;
using SocketIo::Socket;

namespace
{

constexpr int patience = 30'000; // for a machine that is busy with other things

ManagerOptions byTheWayOfTheRow()
{
    QFETCH_GLOBAL(QStringList, transports);
    QFETCH_GLOBAL(bool, messagePack);
    ManagerOptions options;
    options.transports = transports;
    if (messagePack)
        options.parser = SocketIo::msgpackParser();
    options.reconnectionDelay = 20ms;
    options.reconnectionDelayMax = 100ms;
    return options;
}

} // namespace

class tst_python_interop : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data();
    void initTestCase();
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void greets();
    void values_data();
    void values();
    void answersItsQuestions();
    void manyInOrder();
    void namespacesAndRefusals();
    void roomsReachOthersOnly();
    void serverEndsTheNamespaceOrTheConnection();
    void survivesItsDeath();

private:
    /// Of the row: one speaks JSON, the other MessagePack.
    PeerServer &server()
    {
        QFETCH_GLOBAL(bool, messagePack);
        return messagePack ? m_packing : m_server;
    }

    PeerServer m_server{u"/usr/bin/python3"_s, {u"-B"_s, u"python/peer_server.py"_s, u"default"_s}};
    PeerServer m_packing{u"/usr/bin/python3"_s, {u"-B"_s, u"python/peer_server.py"_s, u"msgpack"_s}};
};

void tst_python_interop::initTestCase()
{
    QVERIFY(m_server.start());
    QVERIFY(m_packing.start());
}

void tst_python_interop::initTestCase_data()
{
    QTest::addColumn<QStringList>("transports");
    QTest::addColumn<bool>("messagePack");
    QTest::newRow("websocket") << QStringList{u"websocket"_s} << false;
    QTest::newRow("polling") << QStringList{u"polling"_s} << false;
    QTest::newRow("upgrade") << QStringList{u"polling"_s, u"websocket"_s} << false;
    QTest::newRow("websocket, MessagePack") << QStringList{u"websocket"_s} << true;
    QTest::newRow("polling, MessagePack") << QStringList{u"polling"_s} << true;
}

void tst_python_interop::greets()
{
    ManagerOptions options = byTheWayOfTheRow();
    options.query.addQueryItem(u"room"_s, u"lobby"_s);
    options.extraHeaders.insert("X-Test", "yes");
    Manager manager(server().url(), options);
    Socket *socket = manager.socket();
    socket->setAuth(QCborMap{{u"token"_s, u"grüße"_s}});
    QCborArray welcome;
    socket->on(u"welcome"_s, this, [&welcome](const Arguments &arguments) { welcome = arguments.toArray(); });
    QTRY_COMPARE_WITH_TIMEOUT(welcome.size(), 4, patience);
    QCOMPARE(welcome.at(0).toString(), socket->id());
    QCOMPARE(welcome.at(1).toMap(), (QCborMap{{u"token"_s, u"grüße"_s}}));
    QVERIFY(welcome.at(2).toString().contains(u"room=lobby"));
    QCOMPARE(welcome.at(3).toString(), u"yes"_s);
    QTRY_COMPARE_WITH_TIMEOUT(manager.transportName(), options.transports.constLast(), patience);
}

void tst_python_interop::values_data()
{
    QTest::addColumn<QCborArray>("values");
    QTest::newRow("none") << QCborArray{};
    QTest::newRow("null") << QCborArray{nullptr};
    QTest::newRow("plain") << QCborArray{true, false, 0, -1, 1.5, 9007199254740991LL, u""_s};
    QTest::newRow("text") << QCborArray{u"grüße 🦉 \u2028 \u001e \"quoted\" \\"_s};
    QTest::newRow("nested") << QCborArray{
        QCborMap{{u"a"_s, QCborArray{1, QCborMap{{u"b"_s, QCborArray{}}}}}}};
    QTest::newRow("binary") << QCborArray{QByteArray("\x00\x01\xff", 3), QByteArray(""),
                                          QCborMap{{u"file"_s, QByteArray(100'000, 'x')}}};
    QTest::newRow("ten attachments") << [] {
        QCborArray many;
        for (int i = 0; i < 10; ++i)
            many.append(QByteArray(i + 1, char('a' + i)));
        return many;
    }();
}

void tst_python_interop::values()
{
    QFETCH(QCborArray, values);
    Manager manager(server().url(), byTheWayOfTheRow());
    Socket *socket = manager.socket();
    QCOMPARE(answerOf(socket->emitWithAck(u"echo"_s, values, 30s)), values);
    std::optional<QCborArray> returned;
    socket->on(u"echo-event"_s, this, [&](const Arguments &arguments) { returned = arguments.toArray(); });
    QVERIFY(socket->emitEvent(u"echo-event"_s, Arguments(values)));
    QTRY_VERIFY_WITH_TIMEOUT(returned, patience);
    QCOMPARE(*returned, values);
}

void tst_python_interop::answersItsQuestions()
{
    Manager manager(server().url(), byTheWayOfTheRow());
    Socket *socket = manager.socket();
    socket->on(u"question"_s, this, [](const QString &question, const SocketIo::Ack &ack) {
        ack({question.toUpper(), QByteArray("\x01\x02")});
    });
    QCborArray answered;
    socket->on(u"answered"_s, this, [&](const Arguments &arguments) { answered = arguments.toArray(); });
    QVERIFY(socket->emitEvent(u"ask"_s, u"why"_s));
    QTRY_COMPARE_WITH_TIMEOUT(answered, (QCborArray{u"WHY"_s, QByteArray("\x01\x02")}), patience);
    QCOMPARE(answerOf(socket->emitWithAck(u"silent"_s, {}, 100ms)), QCborArray{u"ack-timeout"_s});
}

/// python-engineio drops a long-polling body of more than 16 packets and says nothing of it.
void tst_python_interop::manyInOrder()
{
    Manager manager(server().url(), byTheWayOfTheRow());
    Socket *socket = manager.socket();
    QList<int> seen;
    socket->on(u"ordered"_s, this, [&seen](int number) { seen.append(number); });
    QList<int> sent(200);
    std::iota(sent.begin(), sent.end(), 0);
    for (const int number : std::as_const(sent)) // all of them before the connection stands
        QVERIFY(socket->emitEvent(u"order"_s, number));
    QTRY_COMPARE_WITH_TIMEOUT(seen.size(), sent.size(), patience);
    QCOMPARE(seen, sent);
}

void tst_python_interop::namespacesAndRefusals()
{
    Manager manager(server().url(), byTheWayOfTheRow());
    Socket *second = manager.socket(u"/second"_s);
    Socket *guarded = manager.socket(u"/guarded"_s);
    Socket *nowhere = manager.socket(u"/nowhere"_s);
    QSignalSpy refused(guarded, &Socket::connectError);
    QCOMPARE(answerOf(second->emitWithAck(u"echo"_s, {u"second"_s})), QCborArray{u"second"_s});
    QTRY_COMPARE_WITH_TIMEOUT(guarded->state(), ConnectionState::Refused, patience);
    QCOMPARE(guarded->lastError().cause, u"Invalid token"_s);
    QCOMPARE(refused.at(0).at(1).value<QCborValue>().toMap(), (QCborMap{{u"code"_s, 7}}));
    QTRY_COMPARE_WITH_TIMEOUT(nowhere->state(), ConnectionState::Refused, patience);
    guarded->setAuth(QCborMap{{u"token"_s, u"sesame"_s}});
    guarded->connectToServer();
    QTRY_COMPARE_WITH_TIMEOUT(guarded->state(), ConnectionState::Online, patience);
}

void tst_python_interop::roomsReachOthersOnly()
{
    Manager first(server().url(), byTheWayOfTheRow());
    Manager second(server().url(), byTheWayOfTheRow());
    QStringList byFirst;
    QStringList bySecond;
    first.socket()->on(u"said"_s, this, [&](const QString &, const QString &text) { byFirst += text; });
    second.socket()->on(u"said"_s, this, [&](const QString &, const QString &text) { bySecond += text; });
    QCOMPARE(answerOf(first.socket()->emitWithAck(u"join"_s, {u"lobby"_s})), QCborArray{true});
    QCOMPARE(answerOf(second.socket()->emitWithAck(u"join"_s, {u"lobby"_s})), QCborArray{true});
    QVERIFY(first.socket()->emitEvent(u"say"_s, u"lobby"_s, u"hello"_s));
    QTRY_COMPARE_WITH_TIMEOUT(bySecond, QStringList{u"hello"_s}, patience);
    QCOMPARE(answerOf(first.socket()->emitWithAck(u"echo"_s, {1})), QCborArray{1});
    QVERIFY(byFirst.isEmpty());
}

void tst_python_interop::serverEndsTheNamespaceOrTheConnection()
{
    Manager manager(server().url(), byTheWayOfTheRow());
    Socket *socket = manager.socket();
    QSignalSpy connected(socket, &Socket::connected);
    QSignalSpy disconnected(socket, &Socket::disconnected);
    QVERIFY(socket->emitEvent(u"leave-me"_s));
    QTRY_COMPARE_WITH_TIMEOUT(disconnected.size(), 1, patience);
    QCOMPARE(disconnected.at(0).at(0).toString(), u"io server disconnect"_s);
    QCOMPARE(socket->state(), ConnectionState::Refused);
    socket->connectToServer();
    QTRY_COMPARE_WITH_TIMEOUT(socket->state(), ConnectionState::Online, patience);
    QVERIFY(socket->emitEvent(u"drop-me"_s));
    QTRY_COMPARE_WITH_TIMEOUT(connected.size(), 3, patience);
    QCOMPARE(answerOf(socket->emitWithAck(u"echo"_s, {u"back"_s})), QCborArray{u"back"_s});
}

void tst_python_interop::survivesItsDeath()
{
    Manager manager(server().url(), byTheWayOfTheRow());
    Socket *socket = manager.socket();
    QCOMPARE(answerOf(socket->emitWithAck(u"echo"_s, {u"before"_s})), QCborArray{u"before"_s});
    server().kill();
    QTRY_COMPARE_WITH_TIMEOUT(socket->state(), ConnectionState::Waiting, patience);
    auto kept = socket->emitWithAck(u"echo"_s, {u"kept"_s}, 60s);
    QVERIFY(server().start());
    QCOMPARE(answerOf(kept), QCborArray{u"kept"_s});
}

QTEST_GUILESS_MAIN(tst_python_interop)
#include "tst_python_interop.moc"
