// SPDX-License-Identifier: MIT
// Our client against the npm package socket.io.
#include "libclient/client/manager.h"
#include "libclient/client/socket.h"
#include "tests/chaos/chaosproxy.h"
#include "tests/support/answerof.h"
#include "tests/support/nodeserver.h"

#include <QtCore/QCborArray>
#include <QtCore/QCborMap>
#include <QtCore/QCborValue>
#include <QtCore/QTimer>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

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

const QString peerScript = u"client-peer-server.mjs"_s;

ManagerOptions quickOptions()
{
    ManagerOptions options;
    if (const QString named = qEnvironmentVariable("HUBBUB_TEST_TRANSPORTS"); !named.isEmpty())
        options.transports = named.split(u',');
    options.reconnectionDelay = 20ms;
    options.reconnectionDelayMax = 100ms;
    return options;
}

/// What an echo of the values brings: over long-polling the large ones are refused here, for base64 makes
/// them larger than the server takes.
QCborArray echoOf(const QCborArray &values, bool asBinary)
{
    if (quickOptions().transports != QStringList{u"polling"_s})
        return values;
    const qsizetype size = values.isEmpty()             ? 0
                           : values.at(0).isByteArray() ? values.at(0).toByteArray().size()
                           : asBinary                   ? values.at(0).toString().toUtf8().size()
                                                        : 0;
    return size > 750'000 ? QCborArray{u"message-too-large"_s} : values;
}

} // namespace

class tst_client_interop : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void greetsWithIdAuthQueryAndHeaders();
    void values_data();
    void values();
    void answersTheServersQuestions();
    void manyInOrder();
    void recoversWhatWasMissed();
    void retriesUntilAnswered();
    void namespacesShareOneConnection();
    void refusedUntilAskedAgain();
    void authIsAskedAnewAtEachConnect();
    void unknownNamespaceIsRefused();
    void roomsReachOthersOnly();
    void serverEndsTheNamespace();
    void serverEndsTheConnection();
    void leavingIsSeenByTheServer();
    void survivesTheDeathOfTheServer();
    void heartbeatKeepsUsAndFindsAFrozenServer();
    void silentNamespaceEndsTheAttempt();
    void acksEndWithTheirDeadline();
    void refusesWhatTheServerWouldNotTake();
    void speaksMessagePack_data() { values_data(); }
    void speaksMessagePack();
    void messagePackKeepsTypes();
    void messagePackRefusesAndAsks();
    void parsersThatDifferDoNotMeet();
};

void tst_client_interop::greetsWithIdAuthQueryAndHeaders()
{
    NodeServer server(peerScript);
    QVERIFY(server.start());
    ManagerOptions options = quickOptions();
    options.query.addQueryItem(u"room"_s, u"a+b &c"_s);
    options.extraHeaders.insert("X-Test", "yes");
    Manager manager(server.url(), options);
    Socket *socket = manager.socket();
    socket->setAuth(QCborMap{{u"token"_s, u"t"_s}});
    QCborArray welcome;
    socket->on(u"welcome"_s, this, [&welcome](const Arguments &arguments) { welcome = arguments.toArray(); });
    QTRY_COMPARE(welcome.size(), 4);
    QCOMPARE(welcome.at(0).toString(), socket->id());
    QCOMPARE(welcome.at(1).toMap(), (QCborMap{{u"token"_s, u"t"_s}}));
    QCOMPARE(welcome.at(2).toMap().value(u"room"_s).toString(), u"a+b &c"_s);
    QCOMPARE(welcome.at(3).toString(), u"yes"_s);
    QCOMPARE(socket->state(), ConnectionState::Online);
    const bool upgrades = options.transports == QStringList{u"polling"_s, u"websocket"_s};
    QTRY_COMPARE(manager.transportName(), upgrades ? u"websocket"_s : options.transports.constFirst());
}

void tst_client_interop::values_data()
{
    QTest::addColumn<QCborArray>("values");
    QTest::newRow("none") << QCborArray{};
    QTest::newRow("numbers") << QCborArray{0, -1, 1.5, 9007199254740991LL};
    QTest::newRow("words") << QCborArray{true, false, nullptr};
    QTest::newRow("text") << QCborArray{u""_s, u"grüße 🦉 \u2028 \"quoted\" \\"_s};
    QTest::newRow("nested") << QCborArray{QCborMap{{u"a"_s, QCborArray{1, QCborMap{{u"b"_s, u"c"_s}}}}}};
    QTest::newRow("binary") << QCborArray{QByteArray("\x00\x01\xff", 3)};
    QTest::newRow("empty binary") << QCborArray{QByteArray("")};
    QTest::newRow("binary within") << QCborArray{QCborMap{{u"file"_s, QByteArray("abc")}, {u"n"_s, 1}},
                                                 QCborArray{QByteArray("de"), u"f"_s}};
    QTest::newRow("ten attachments") << [] {
        QCborArray many;
        for (int i = 0; i < 10; ++i)
            many.append(QByteArray(i + 1, char('a' + i)));
        return many;
    }();
    QTest::newRow("long text") << QCborArray{u"€"_s.repeated(300'000)};
    QTest::newRow("long binary") << QCborArray{QByteArray(900'000, 'x')};
}

void tst_client_interop::values()
{
    QFETCH(QCborArray, values);
    NodeServer server(peerScript);
    QVERIFY(server.start());
    Manager manager(server.url(), quickOptions());
    Socket *socket = manager.socket();
    const QCborArray expected = echoOf(values, false);
    QCOMPARE(answerOf(socket->emitWithAck(u"echo"_s, values, 10s)), expected);
    if (expected != values)
        return;

    QCborArray returned;
    bool cameBack = false;
    socket->on(u"echo-event"_s, this, [&](const Arguments &arguments) {
        returned = arguments.toArray();
        cameBack = true;
    });
    QVERIFY(socket->emitEvent(u"echo-event"_s, Arguments(values)));
    QTRY_VERIFY(cameBack);
    QCOMPARE(returned, values);
    QVERIFY(socket->roundTrip().has_value());
}

void tst_client_interop::answersTheServersQuestions()
{
    NodeServer server(peerScript);
    QVERIFY(server.start());
    Manager manager(server.url(), quickOptions());
    Socket *socket = manager.socket();
    socket->on(u"question"_s, this, [](const QString &question, const SocketIo::Ack &ack) {
        ack({question.toUpper(), QByteArray("\x01\x02")});
        ack({u"a second answer is not sent"_s});
    });
    QCborArray answered;
    int answers = 0;
    socket->on(u"answered"_s, this, [&](const Arguments &arguments) {
        answered = arguments.toArray();
        ++answers;
    });
    QVERIFY(socket->emitEvent(u"ask"_s, u"why"_s));
    QTRY_COMPARE(answers, 1);
    QCOMPARE(answered, (QCborArray{u"WHY"_s, QByteArray("\x01\x02")}));
    QCOMPARE(answerOf(socket->emitWithAck(u"echo"_s, {1})), QCborArray{1});
    QCOMPARE(answers, 1);
}

void tst_client_interop::manyInOrder()
{
    NodeServer server(peerScript);
    QVERIFY(server.start());
    Manager manager(server.url(), quickOptions());
    Socket *socket = manager.socket();
    QList<int> seen;
    socket->on(u"ordered"_s, this, [&seen](int n) { seen.append(n); });
    QList<int> sent;
    for (int i = 0; i < 10'000; ++i) { // all of them before the connection stands
        QVERIFY(socket->emitEvent(u"order"_s, i));
        sent.append(i);
    }
    QCOMPARE(socket->bufferedCount(), 10'000);
    QTRY_COMPARE_WITH_TIMEOUT(seen.size(), sent.size(), 30'000);
    QCOMPARE(seen, sent);
    QCOMPARE(socket->bufferedCount(), 0);
}

void tst_client_interop::recoversWhatWasMissed()
{
    if (qEnvironmentVariable("HUBBUB_TEST_PEER") == "socket.io-3"_L1)
        QSKIP("Recovery came with version 4.6 of the server.");
    NodeServer server(peerScript);
    QVERIFY(server.start({u"5000"_s, u"5000"_s, u"recovery"_s}));
    HubbubTest::ChaosProxy network(quint16(server.url().port()));
    Manager other(server.url(), quickOptions());
    Manager manager(network.url(), quickOptions());
    Socket *socket = manager.socket();
    QStringList heard;
    socket->on(u"said"_s, this, [&heard](const QString &text) { heard += text; });
    QStringList gone;
    other.socket()->on(u"gone"_s, this, [&gone](const QString &reason) { gone += reason; });
    const auto say = [&other](const QString &text) {
        return answerOf(other.socket()->emitWithAck(u"say-all"_s, {text}));
    };
    QTRY_COMPARE(socket->state(), ConnectionState::Online);
    const QString id = socket->id();
    QCOMPARE(say(u"one"_s), QCborArray{});
    QTRY_COMPARE(heard.size(), 1);
    manager.setReconnectionDelay(1h);
    manager.setReconnectionDelayMax(1h);
    network.endAll(HubbubTest::Fault::Cut);
    // A cut between two polls is seen only by the server's heartbeat.
    QTRY_COMPARE_WITH_TIMEOUT(gone.size(), 1, 30'000);
    QCOMPARE(say(u"two"_s), QCborArray{});
    QCOMPARE(say(u"three"_s), QCborArray{});
    QTRY_COMPARE(socket->state(), ConnectionState::Waiting);
    manager.reconnectNow();
    QTRY_COMPARE(socket->state(), ConnectionState::Online);
    QVERIFY(socket->recovered());
    QCOMPARE(socket->id(), id);
    QCOMPARE(heard, (QStringList{u"one"_s, u"two"_s, u"three"_s}));
}

void tst_client_interop::retriesUntilAnswered()
{
    NodeServer server(peerScript);
    QVERIFY(server.start());
    Manager manager(server.url(), quickOptions());
    Socket *socket = manager.socket(u"/"_s, {.retries = 3, .ackTimeout = 500ms});
    const auto third = socket->emitWithAck(u"third-time"_s, {u"a"_s});
    const auto next = socket->emitWithAck(u"echo"_s, {u"b"_s});
    QCOMPARE(answerOf(third), QCborArray{3});
    QCOMPARE(answerOf(next), QCborArray{u"b"_s});
}

void tst_client_interop::namespacesShareOneConnection()
{
    NodeServer server(peerScript);
    QVERIFY(server.start());
    Manager manager(server.url(), quickOptions());
    QSignalSpy opened(&manager, &Manager::opened);
    Socket *main = manager.socket();
    Socket *second = manager.socket(u"/second"_s);
    QCOMPARE(manager.socket(u"second"_s), second);
    QCOMPARE(answerOf(main->emitWithAck(u"echo"_s, {u"main"_s})), QCborArray{u"main"_s});
    QCOMPARE(answerOf(second->emitWithAck(u"echo"_s, {u"second"_s})), QCborArray{u"second"_s});
    QVERIFY(main->id() != second->id());
    main->disconnectFromServer();
    QCOMPARE(answerOf(second->emitWithAck(u"echo"_s, {u"still"_s})), QCborArray{u"still"_s});
    main->connectToServer();
    QTRY_COMPARE(main->state(), ConnectionState::Online);
    QCOMPARE(opened.size(), 1);
}

void tst_client_interop::refusedUntilAskedAgain()
{
    NodeServer server(peerScript);
    QVERIFY(server.start());
    Manager manager(server.url(), quickOptions());
    Socket *guarded = manager.socket(u"/guarded"_s);
    QList<QCborValue> data;
    connect(guarded, &Socket::connectError, this,
            [&data](const Hubbub::Error &, const QCborValue &value) { data.append(value); });
    QTRY_COMPARE(guarded->state(), ConnectionState::Refused);
    QCOMPARE(guarded->lastError().code, u"connect-refused"_s);
    QCOMPARE(guarded->lastError().cause, u"Invalid token"_s);
    QTRY_COMPARE(data.size(), 1);
    QCOMPARE(data.at(0).toMap(), (QCborMap{{u"newest"_s, 0}}));
    QVERIFY(!guarded->isActive());

    guarded->setAuth(QCborMap{{u"token"_s, u"token-1"_s}});
    guarded->connectToServer();
    QTRY_COMPARE(guarded->state(), ConnectionState::Online);
    QCOMPARE(answerOf(guarded->emitWithAck(u"who"_s, {})), QCborArray{u"token-1"_s});
}

void tst_client_interop::authIsAskedAnewAtEachConnect()
{
    NodeServer server(peerScript);
    QVERIFY(server.start());
    Manager manager(server.url(), quickOptions());
    Socket *guarded = manager.socket(u"/guarded"_s);
    int asked = 0;
    guarded->setAuth([&asked, this](const std::function<void(QCborMap)> &answer) {
        ++asked;
        QTimer::singleShot(0, this, [answer, n = asked] {
            answer(QCborMap{{u"token"_s, u"token-%1"_s.arg(n)}});
        });
    });
    QTRY_COMPARE(guarded->state(), ConnectionState::Online);
    server.kill();
    QTRY_COMPARE(guarded->state(), ConnectionState::Waiting);
    QVERIFY(server.start());
    QTRY_COMPARE_WITH_TIMEOUT(guarded->state(), ConnectionState::Online, 10'000);
    QCOMPARE(answerOf(guarded->emitWithAck(u"who"_s, {})), QCborArray{u"token-2"_s});
    QCOMPARE(asked, 2);
}

void tst_client_interop::unknownNamespaceIsRefused()
{
    NodeServer server(peerScript);
    QVERIFY(server.start());
    Manager manager(server.url(), quickOptions());
    Socket *nowhere = manager.socket(u"/nowhere"_s);
    QTRY_COMPARE(nowhere->state(), ConnectionState::Refused);
    QCOMPARE(nowhere->lastError().cause, u"Invalid namespace"_s);
}

void tst_client_interop::roomsReachOthersOnly()
{
    NodeServer server(peerScript);
    QVERIFY(server.start());
    Manager first(server.url(), quickOptions());
    Manager second(server.url(), quickOptions());
    QStringList heardByFirst;
    QStringList heardBySecond;
    first.socket()->on(u"said"_s, this, [&](const QString &, const QString &text) { heardByFirst += text; });
    second.socket()->on(u"said"_s, this,
                        [&](const QString &, const QString &text) { heardBySecond += text; });
    QCOMPARE(answerOf(first.socket()->emitWithAck(u"join"_s, {u"lobby"_s})), QCborArray{true});
    QCOMPARE(answerOf(second.socket()->emitWithAck(u"join"_s, {u"lobby"_s})), QCborArray{true});
    QVERIFY(first.socket()->emitEvent(u"say"_s, u"lobby"_s, u"hello"_s));
    QTRY_COMPARE(heardBySecond, QStringList{u"hello"_s});
    QCOMPARE(answerOf(first.socket()->emitWithAck(u"echo"_s, {1})), QCborArray{1});
    QVERIFY(heardByFirst.isEmpty());
}

void tst_client_interop::serverEndsTheNamespace()
{
    NodeServer server(peerScript);
    QVERIFY(server.start());
    Manager manager(server.url(), quickOptions());
    Socket *socket = manager.socket();
    QSignalSpy disconnected(socket, &Socket::disconnected);
    QVERIFY(socket->emitEvent(u"leave-me"_s));
    QTRY_COMPARE(disconnected.size(), 1);
    QCOMPARE(disconnected.at(0).at(0).toString(), u"io server disconnect"_s);
    QCOMPARE(socket->state(), ConnectionState::Refused);
    QVERIFY(!socket->isActive());
    socket->connectToServer();
    QTRY_COMPARE(socket->state(), ConnectionState::Online);
}

void tst_client_interop::serverEndsTheConnection()
{
    NodeServer server(peerScript);
    QVERIFY(server.start());
    Manager manager(server.url(), quickOptions());
    Socket *socket = manager.socket();
    QSignalSpy connected(socket, &Socket::connected);
    QSignalSpy disconnected(socket, &Socket::disconnected);
    QSignalSpy attempts(&manager, &Manager::reconnectAttempt);
    QSignalSpy reconnected(&manager, &Manager::reconnected);
    QVERIFY(socket->emitEvent(u"drop-me"_s));
    QTRY_COMPARE(connected.size(), 2);
    QCOMPARE(disconnected.size(), 1);
    QCOMPARE(disconnected.at(0).at(0).toString(), u"transport close"_s);
    QCOMPARE(attempts.size(), 1);
    QCOMPARE(attempts.at(0).at(0).toInt(), 1);
    QCOMPARE(reconnected.size(), 1);
}

void tst_client_interop::leavingIsSeenByTheServer()
{
    NodeServer server(peerScript);
    QVERIFY(server.start());
    Manager watching(server.url(), quickOptions());
    QStringList reasons;
    watching.socket()->on(u"gone"_s, this, [&reasons](const QString &reason) { reasons += reason; });
    QTRY_COMPARE(watching.socket()->state(), ConnectionState::Online);

    Manager leaving(server.url(), quickOptions());
    QSignalSpy disconnected(leaving.socket(), &Socket::disconnected);
    QTRY_COMPARE(leaving.socket()->state(), ConnectionState::Online);
    leaving.socket()->disconnectFromServer();
    QCOMPARE(disconnected.size(), 1);
    QCOMPARE(disconnected.at(0).at(0).toString(), u"io client disconnect"_s);
    QTRY_COMPARE(reasons, QStringList{u"client namespace disconnect"_s});
    {
        Manager closing(server.url(), quickOptions());
        QTRY_COMPARE(closing.socket()->state(), ConnectionState::Online);
    }
    QTRY_COMPARE(reasons.size(), 2);
}

void tst_client_interop::survivesTheDeathOfTheServer()
{
    NodeServer server(peerScript);
    QVERIFY(server.start());
    Manager manager(server.url(), quickOptions());
    Socket *socket = manager.socket();
    QList<ConnectionState> states;
    connect(socket, &Socket::stateChanged, this, [&states](ConnectionState state) { states.append(state); });
    QList<int> seen;
    socket->on(u"ordered"_s, this, [&seen](int n) { seen.append(n); });
    QTRY_COMPARE(socket->state(), ConnectionState::Online);
    const QString firstId = socket->id();

    auto lost = socket->emitWithAck(u"silent"_s, {}, 60s);
    server.kill();
    QTRY_COMPARE(socket->state(), ConnectionState::Waiting);
    QCOMPARE(answerOf(lost), QCborArray{u"disconnected"_s});
    QVERIFY(socket->id().isEmpty());
    QTRY_VERIFY(socket->attempt() >= 3);
    QCOMPARE(socket->lastError().code, u"connection-refused"_s);
    for (int i = 0; i < 100; ++i)
        QVERIFY(socket->emitEvent(u"order"_s, i));
    auto kept = socket->emitWithAck(u"echo"_s, {u"kept"_s}, 60s);
    QCOMPARE(socket->bufferedCount(), 101);

    QVERIFY(server.start());
    QTRY_COMPARE_WITH_TIMEOUT(socket->state(), ConnectionState::Online, 10'000);
    QCOMPARE(answerOf(kept), QCborArray{u"kept"_s});
    QList<int> expected(100);
    std::iota(expected.begin(), expected.end(), 0);
    QCOMPARE(seen, expected);
    QVERIFY(socket->id() != firstId);
    QCOMPARE(states.mid(states.size() - 4), (QList{ConnectionState::Connecting, ConnectionState::Handshaking,
                                                   ConnectionState::Synchronising, ConnectionState::Online}));
}

void tst_client_interop::heartbeatKeepsUsAndFindsAFrozenServer()
{
    NodeServer server(peerScript);
    QVERIFY(server.start({u"300"_s, u"200"_s}));
    Manager manager(server.url(), quickOptions());
    QSignalSpy pinged(&manager, &Manager::pinged);
    QSignalSpy disconnected(manager.socket(), &Socket::disconnected);
    QTRY_COMPARE(pinged.size(), 3);
    QCOMPARE(disconnected.size(), 0);
    server.freeze();
    QTRY_COMPARE(disconnected.size(), 1);
    QCOMPARE(disconnected.at(0).at(0).toString(), u"ping timeout"_s);
    server.thaw();
    QTRY_COMPARE_WITH_TIMEOUT(manager.socket()->state(), ConnectionState::Online, 10'000);
}

void tst_client_interop::silentNamespaceEndsTheAttempt()
{
    NodeServer server(peerScript);
    QVERIFY(server.start());
    ManagerOptions options = quickOptions();
    options.timeout = 500ms;
    options.reconnectionAttempts = 1;
    Manager manager(server.url(), options);
    Socket *mute = manager.socket(u"/mute"_s);
    QSignalSpy errors(mute, &Socket::connectError);
    QTRY_COMPARE(mute->state(), ConnectionState::Closed);
    QCOMPARE(errors.size(), 2);
    QCOMPARE(mute->lastError().code, u"connect-timeout"_s);
}

void tst_client_interop::acksEndWithTheirDeadline()
{
    NodeServer server(peerScript);
    QVERIFY(server.start());
    Manager manager(server.url(), quickOptions());
    QCOMPARE(answerOf(manager.socket()->emitWithAck(u"silent"_s, {}, 100ms)), QCborArray{u"ack-timeout"_s});
}

void tst_client_interop::refusesWhatTheServerWouldNotTake()
{
    NodeServer server(peerScript);
    QVERIFY(server.start());
    Manager manager(server.url(), quickOptions());
    Socket *socket = manager.socket();
    QSignalSpy disconnected(socket, &Socket::disconnected);
    QTRY_COMPARE(socket->state(), ConnectionState::Online);
    QCOMPARE(answerOf(socket->emitWithAck(u"echo"_s, {QByteArray(1'000'001, 'x')})),
             QCborArray{u"message-too-large"_s});
    QCborArray eleven;
    for (int i = 0; i < 11; ++i)
        eleven.append(QByteArray("x"));
    QCOMPARE(answerOf(socket->emitWithAck(u"echo"_s, eleven)), QCborArray{u"too-many-attachments"_s});
    QCOMPARE(answerOf(socket->emitWithAck(u"echo"_s, {QByteArray(1'000'000, 'x')})).size(), 1);
    QCOMPARE(disconnected.size(), 0);
}

namespace
{

ManagerOptions messagePack()
{
    ManagerOptions options = quickOptions();
    options.parser = SocketIo::msgpackParser();
    return options;
}

const QStringList messagePackServer{u"25000"_s, u"20000"_s, u"msgpack"_s};

} // namespace

void tst_client_interop::speaksMessagePack()
{
    QFETCH(QCborArray, values);
    NodeServer server(peerScript);
    QVERIFY(server.start(messagePackServer));
    Manager manager(server.url(), messagePack());
    Socket *socket = manager.socket();
    const QCborArray expected = echoOf(values, true);
    QCOMPARE(answerOf(socket->emitWithAck(u"echo"_s, values, 10s)), expected);
    if (expected != values)
        return;
    QCborArray returned{u"nothing"_s};
    socket->on(u"echo-event"_s, this, [&](const Arguments &arguments) { returned = arguments.toArray(); });
    QVERIFY(socket->emitEvent(u"echo-event"_s, Arguments(values)));
    QTRY_COMPARE(returned, values);
}

void tst_client_interop::messagePackKeepsTypes()
{
    NodeServer server(peerScript);
    QVERIFY(server.start(messagePackServer));
    Manager manager(server.url(), messagePack());
    Socket *socket = manager.socket();
    const QCborArray values{QCborValue(QDateTime::fromMSecsSinceEpoch(1700000000123, Qt::UTC)),
                            QCborValue(QCborValue::Undefined),
                            QByteArray("\1\2"),
                            QCborMap{{u"at"_s, QCborValue(QDateTime::fromMSecsSinceEpoch(-1, Qt::UTC))}},
                            5.0,
                            -4294967297LL,
                            0.1};
    QCOMPARE(
        answerOf(socket->emitWithAck(u"types"_s, Arguments(values))).at(0).toArray(),
        (QCborArray{u"[object Date]"_s, u"[object Undefined]"_s, u"[object Uint8Array]"_s,
                    u"[object Object]"_s, u"[object Number]"_s, u"[object Number]"_s, u"[object Number]"_s}));
    QCborArray back = answerOf(socket->emitWithAck(u"echo"_s, Arguments(values)));
    QCOMPARE(back.size(), values.size());
    QCOMPARE(back.at(4), QCborValue(5)); // JavaScript has one kind of number
    back[4] = 5.0;
    QCOMPARE(back, values);
}

void tst_client_interop::messagePackRefusesAndAsks()
{
    NodeServer server(peerScript);
    QVERIFY(server.start(messagePackServer));
    Manager manager(server.url(), messagePack());
    Socket *socket = manager.socket();
    socket->on(u"question"_s, this, [](const QCborValue &question, SocketIo::Ack ack) {
        ack({question, QByteArray("bin")});
    });
    QCborArray answered;
    socket->on(u"answered"_s, this, [&](const Arguments &arguments) { answered = arguments.toArray(); });
    QVERIFY(socket->emitEvent(u"ask"_s, 7));
    QTRY_COMPARE(answered, (QCborArray{7, QByteArray("bin")}));
    Socket *guarded = manager.socket(u"/guarded"_s);
    QSignalSpy refused(guarded, &Socket::connectError);
    QTRY_COMPARE(refused.size(), 1);
    QCOMPARE(refused.first().at(1).value<QCborValue>().toMap()[u"newest"_s], QCborValue(0));
    Socket *nowhere = manager.socket(u"/nowhere"_s);
    QSignalSpy invalid(nowhere, &Socket::connectError);
    QTRY_COMPARE(invalid.size(), 1);
    socket->emitEvent(u"leave-me"_s);
    QTRY_VERIFY(!socket->isConnected());
}

void tst_client_interop::parsersThatDifferDoNotMeet()
{
    NodeServer server(peerScript);
    QVERIFY(server.start());
    ManagerOptions options = messagePack();
    options.reconnection = false;
    Manager manager(server.url(), options);
    QSignalSpy failed(manager.socket(), &Socket::connectError);
    QTRY_VERIFY(!failed.isEmpty());
    QVERIFY(!manager.socket()->isConnected());
}

QTEST_GUILESS_MAIN(tst_client_interop)
#include "tst_client_interop.moc"
