// SPDX-License-Identifier: MIT
#include "libclient/client/manager.h"
#include "libclient/client/socket.h"
#include "tests/support/faketransport.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QTimer>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using SocketIo::Arguments;
using SocketIo::ConnectionState;
using SocketIo::Manager;
using SocketIo::ManagerOptions;
using SocketIo::Socket;

namespace
{

struct Profile {
    Q_GADGET
    Q_PROPERTY(QString name MEMBER name)
public:
    QString name;
};

QString codeOf(const QFuture<Hubbub::Result<Arguments>> &future)
{
    if (!future.isFinished())
        return u"pending"_s;
    return future.result() ? u"answered"_s : future.result().error().code;
}

} // namespace

class tst_socket : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void orderOnConnect();
    void earlyEventsAreBounded();
    void eventsWithTypedArguments();
    void mismatchIsAnEventOfItsOwn();
    void handlersLiveWithTheirContext();
    void anyHandlersComeFirst();
    void outgoingHandlers();
    void acksAreSentOnce();
    void acksOfAnEarlierConnectionAreNotSent();
    void acksEnd_data();
    void acksEnd();
    void anExpiredBufferedEventIsNeverSent();
    void unknownAcksAreIgnored();
    void refusedEmits_data();
    void refusedEmits();
    void theBufferIsBounded();
    void aSlowConnectionIsBounded();
    void flushingWaitsForTheTransport();
    void tenThousandGoOutInOrder();
    void bufferedTooLargeForTheNewServer();
    void volatileIsNowOrNever();
    void slowAnswersDegrade();
    void lateAuthAnswersAreDropped();
    void refusals_data();
    void refusals();
    void serverDisconnect();
    void leavingWhileTheServerThinks();
    void sleepKeepsWhatIsEmitted();
    void reasons_data();
    void reasons();

private:
    FakeTransport *transport() { return m_network->transport(); }
    void goOnline();
    QByteArrayList takeSent() { return std::exchange(transport()->sent, {}); }

    std::unique_ptr<FakeNetwork> m_network;
    std::unique_ptr<Manager> m_manager;
    Socket *m_socket = nullptr;
};

void tst_socket::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_network = std::make_unique<FakeNetwork>();
    ManagerOptions options = m_network->options();
    options.maxBufferedPackets = 5;
    options.maxBufferedBytes = 1'000;
    m_manager = std::make_unique<Manager>(QUrl(u"http://chat.example.org"_s), options);
    m_socket = m_manager->socket();
    m_socket->connectToServer();
}

void tst_socket::cleanup()
{
    m_manager.reset();
}

void tst_socket::goOnline()
{
    if (!transport() || transport()->aborted)
        QTRY_VERIFY(transport());
    transport()->shakeHands();
    transport()->receive(R"(40{"sid":"s1"})");
    QCOMPARE(m_socket->state(), ConnectionState::Online);
    takeSent();
}

void tst_socket::orderOnConnect()
{
    QStringList story;
    m_socket->on(u"missed"_s, this,
                 [&](int n) { story += u"event %1 with id %2"_s.arg(n).arg(m_socket->id()); });
    m_socket->onAnyOutgoing(
        this, SocketIo::makeHandler([&](const SocketIo::Event &event) { story += event.name; }));
    connect(m_socket, &Socket::connected, this, [&] { story += u"connected"_s; });
    QVERIFY(m_socket->emitEvent(u"buffered"_s, 1, u"zwei"_s, QByteArray("3")));
    QCOMPARE(m_socket->bufferedCount(), 1);
    transport()->shakeHands();
    QCOMPARE(takeSent(), QByteArrayList{"40"});
    transport()->receive("42[\"missed\",1]");
    transport()->receive("42[\"missed\",2]");
    QVERIFY(story.isEmpty());
    QVERIFY(!m_socket->isConnected());
    transport()->receive(R"(40{"sid":"s1"})");
    QCOMPARE(story,
             (QStringList{u"event 1 with id s1"_s, u"event 2 with id s1"_s, u"buffered"_s, u"connected"_s}));
    QCOMPARE(takeSent(),
             (QByteArrayList{"451-[\"buffered\",1,\"zwei\",{\"_placeholder\":true,\"num\":0}]", "3"}));
    QCOMPARE(m_socket->bufferedCount(), 0);
}

void tst_socket::earlyEventsAreBounded()
{
    transport()->shakeHands();
    QSignalSpy errors(m_socket, &Socket::connectError);
    for (int i = 0; i < 6 && transport(); ++i)
        transport()->receive("42[\"x\"]");
    QCOMPARE(errors.size(), 1);
    QCOMPARE(m_socket->state(), ConnectionState::Waiting);
    QCOMPARE(m_socket->lastError().code, u"parse-error"_s);
}

void tst_socket::eventsWithTypedArguments()
{
    QString heard;
    m_socket->on(u"profile"_s, this, [&](const Profile &profile, int n, const QByteArray &bytes) {
        heard = u"%1 %2 %3"_s.arg(profile.name).arg(n).arg(bytes.size());
    });
    goOnline();
    transport()->receive("451-[\"profile\",{\"name\":\"Ada\"},7,{\"_placeholder\":true,\"num\":0}]");
    transport()->receive("bAAEC");
    QCOMPARE(heard, u"Ada 7 3"_s);
}

void tst_socket::mismatchIsAnEventOfItsOwn()
{
    int calls = 0;
    QStringList codes;
    m_socket->on(u"number"_s, this, [&](int) { ++calls; });
    m_socket->on(u"number"_s, this, [&](const Arguments &) { ++calls; });
    connect(m_socket, &Socket::argumentMismatch, this,
            [&](const Hubbub::Error &error) { codes += error.code; });
    goOnline();
    transport()->receive("42[\"number\",\"seven\"]");
    QCOMPARE(calls, 1);
    QCOMPARE(codes, QStringList{u"argument-mismatch"_s});
    QCOMPARE(m_socket->state(), ConnectionState::Online);
}

void tst_socket::handlersLiveWithTheirContext()
{
    QStringList calls;
    auto first = std::make_unique<QObject>();
    auto second = std::make_unique<QObject>();
    m_socket->on(u"x"_s, first.get(), [&] {
        calls += u"first"_s;
        second.reset(); // not even a dispatch under way calls it then
    });
    m_socket->on(u"x"_s, second.get(), [&] { calls += u"second"_s; });
    m_socket->on(u"x"_s, this, [&] { calls += u"third"_s; });
    goOnline();
    transport()->receive("42[\"x\"]");
    QCOMPARE(calls, (QStringList{u"first"_s, u"third"_s}));
    m_socket->off(u"x"_s, this);
    first.reset();
    transport()->receive("42[\"x\"]");
    QCOMPARE(calls.size(), 2);
}

void tst_socket::anyHandlersComeFirst()
{
    QStringList calls;
    m_socket->on(u"x"_s, this, [&] { calls += u"named"_s; });
    m_socket->onAny(
        this, SocketIo::makeHandler([&](const SocketIo::Event &event) { calls += u"any "_s + event.name; }));
    goOnline();
    transport()->receive("42[\"x\"]");
    transport()->receive("42[\"y\"]");
    QCOMPARE(calls, (QStringList{u"any x"_s, u"named"_s, u"any y"_s}));
}

void tst_socket::outgoingHandlers()
{
    QStringList sent;
    m_socket->onAnyOutgoing(this, SocketIo::makeHandler([&](const SocketIo::Event &event) {
                                sent += event.name + QString::number(event.arguments.size());
                            }));
    QVERIFY(m_socket->emitEvent(u"buffered"_s));
    QVERIFY(sent.isEmpty());
    goOnline();
    QVERIFY(m_socket->emitEvent(u"direct"_s, 1));
    QVERIFY(m_socket->emitVolatile(u"volatile"_s, {1, 2}));
    transport()->receive("420[\"x\"]");
    QCOMPARE(sent, (QStringList{u"buffered0"_s, u"direct1"_s, u"volatile2"_s}));
}

void tst_socket::acksAreSentOnce()
{
    SocketIo::Ack kept;
    m_socket->on(u"ask"_s, this, [&](const QString &, const SocketIo::Ack &ack) { kept = ack; });
    goOnline();
    transport()->receive("4212[\"ask\",\"why\"]");
    QVERIFY(kept.isRequested());
    kept({u"because"_s, 1});
    kept({u"again"_s});
    QCOMPARE(takeSent(), QByteArrayList{"4312[\"because\",1]"});
    transport()->receive("42[\"ask\",\"no answer wanted\"]");
    QVERIFY(!kept.isRequested());
    kept();
    QVERIFY(takeSent().isEmpty());
}

void tst_socket::acksOfAnEarlierConnectionAreNotSent()
{
    SocketIo::Ack kept;
    m_socket->on(u"ask"_s, this, [&](const SocketIo::Ack &ack) { kept = ack; });
    goOnline();
    transport()->receive("421[\"ask\"]");
    transport()->lose(u"transport-close"_s);
    QTRY_VERIFY(transport());
    transport()->shakeHands();
    transport()->receive(R"(40{"sid":"s2"})");
    takeSent();
    kept({1});
    QVERIFY(takeSent().isEmpty());
    m_manager.reset();
    kept({1}); // harmless
}

void tst_socket::acksEnd_data()
{
    QTest::addColumn<QString>("by");
    QTest::addColumn<QString>("code");
    QTest::newRow("the answer") << u"answer"_s << u"answered"_s;
    QTest::newRow("the loss of the connection") << u"loss"_s << u"disconnected"_s;
    QTest::newRow("the deadline") << u"deadline"_s << u"ack-timeout"_s;
    QTest::newRow("leaving") << u"leave"_s << u"disconnected"_s;
    QTest::newRow("the server's leaving") << u"kick"_s << u"disconnected"_s;
    QTest::newRow("closing the manager") << u"close"_s << u"disconnected"_s;
    QTest::newRow("destroying the socket") << u"destroy"_s << u"disconnected"_s;
    QTest::newRow("destroying the manager") << u"destroy manager"_s << u"disconnected"_s;
}

void tst_socket::acksEnd()
{
    QFETCH(QString, by);
    QFETCH(QString, code);
    goOnline();
    const auto future = m_socket->emitWithAck(u"ask"_s, {1}, by == "deadline"_L1 ? 10ms : 1min);
    QCOMPARE(takeSent(), QByteArrayList{"420[\"ask\",1]"});
    QCOMPARE(codeOf(future), u"pending"_s);
    if (by == "answer"_L1)
        transport()->receive("430[\"yes\"]");
    else if (by == "loss"_L1)
        transport()->lose(u"transport-close"_s);
    else if (by == "leave"_L1)
        m_socket->disconnectFromServer();
    else if (by == "kick"_L1)
        transport()->receive("41");
    else if (by == "close"_L1)
        m_manager->close();
    else if (by == "destroy"_L1)
        delete m_socket;
    else if (by == "destroy manager"_L1)
        m_manager.reset();
    QTRY_COMPARE(codeOf(future), code);
    if (by == "answer"_L1) {
        QCOMPARE(future.result()->toArray(), QCborArray{u"yes"_s});
        QVERIFY(m_socket->roundTrip());
    }
}

void tst_socket::anExpiredBufferedEventIsNeverSent()
{
    const auto expired = m_socket->emitWithAck(u"late"_s, {}, 5ms);
    const auto kept = m_socket->emitWithAck(u"kept"_s, {}, 1min);
    QTRY_COMPARE(codeOf(expired), u"ack-timeout"_s);
    QCOMPARE(m_socket->bufferedCount(), 1);
    transport()->shakeHands();
    transport()->receive(R"(40{"sid":"s1"})");
    QCOMPARE(takeSent(), (QByteArrayList{"40", "421[\"kept\"]"}));
    transport()->lose(u"transport-close"_s);
    QCOMPARE(codeOf(kept), u"disconnected"_s); // it was sent
}

void tst_socket::unknownAcksAreIgnored()
{
    goOnline();
    const auto future = m_socket->emitWithAck(u"ask"_s, {}, 1min);
    for (const char *ack : {"431[]", "4399999[]", "43[3]", "43 [3]", "430[1]", "430[2]"})
        transport()->receive(ack);
    QCOMPARE(future.result()->toArray(), QCborArray{1});
    QCOMPARE(m_socket->state(), ConnectionState::Online);
}

void tst_socket::refusedEmits_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QCborArray>("values");
    QTest::addColumn<QString>("code");
    QTest::newRow("reserved") << u"disconnect"_s << QCborArray{} << u"reserved-event"_s;
    QTest::newRow("too many attachments") << u"x"_s << [] {
        QCborArray many;
        for (int i = 0; i < 11; ++i)
            many.append(QByteArray("x"));
        return many;
    }() << u"too-many-attachments"_s;
    QTest::newRow("too large") << u"x"_s << QCborArray{QString(200, u'x')} << u"message-too-large"_s;
}

void tst_socket::refusedEmits()
{
    QFETCH(QString, name);
    QFETCH(QCborArray, values);
    QFETCH(QString, code);
    transport()->shakeHands(25'000, 20'000, 150);
    transport()->receive(R"(40{"sid":"s1"})");
    takeSent();
    QCOMPARE(m_socket->emitEvent(name, Arguments(values)).error().code, code);
    QCOMPARE(codeOf(m_socket->emitWithAck(name, Arguments(values))), code);
    QVERIFY(!m_socket->emitVolatile(name, Arguments(values)));
    QVERIFY(takeSent().isEmpty());
    transport()->lose(u"transport-close"_s);
    QCOMPARE(m_socket->emitEvent(name, Arguments(values)).error().code,
             code); // the server's limit is remembered
}

void tst_socket::theBufferIsBounded()
{
    for (int i = 0; i < 5; ++i)
        QVERIFY(m_socket->emitEvent(u"x"_s, i));
    QCOMPARE(m_socket->emitEvent(u"x"_s, 5).error().code, u"buffer-full"_s);
    QCOMPARE(codeOf(m_socket->emitWithAck(u"x"_s, {5})), u"buffer-full"_s);
    QCOMPARE(m_socket->bufferedCount(), 5);
    goOnline();
    QVERIFY(m_socket->emitEvent(u"x"_s, 5));
    transport()->lose(u"transport-close"_s);
    QVERIFY(m_socket->emitEvent(u"x"_s, QString(500, u'x')));
    QCOMPARE(m_socket->emitEvent(u"x"_s, QString(500, u'x')).error().code, u"buffer-full"_s);
}

void tst_socket::aSlowConnectionIsBounded()
{
    goOnline();
    transport()->waiting = 990;
    QCOMPARE(m_socket->emitEvent(u"x"_s, u"a longer text"_s).error().code, u"buffer-full"_s);
    transport()->waiting = 0;
    QVERIFY(m_socket->emitEvent(u"x"_s, u"a longer text"_s));
}

void tst_socket::flushingWaitsForTheTransport()
{
    QSignalSpy connected(m_socket, &Socket::connected);
    for (int i = 0; i < 3; ++i)
        QVERIFY(m_socket->emitEvent(u"x"_s, i));
    transport()->shakeHands();
    transport()->writable = false;
    transport()->receive(R"(40{"sid":"s1"})");
    QCOMPARE(m_socket->state(), ConnectionState::Synchronising);
    QVERIFY(m_socket->isConnected());
    QVERIFY(m_socket->emitEvent(u"x"_s, 3)); // behind the others
    QVERIFY(!m_socket->emitVolatile(u"x"_s, {4}));
    QCOMPARE(m_socket->bufferedCount(), 4);
    QCOMPARE(connected.size(), 0);
    transport()->drain();
    QCOMPARE(m_socket->state(), ConnectionState::Online);
    QCOMPARE(connected.size(), 1);
    QCOMPARE(takeSent(), (QByteArrayList{"40", "42[\"x\",0]", "42[\"x\",1]", "42[\"x\",2]", "42[\"x\",3]"}));
}

void tst_socket::tenThousandGoOutInOrder()
{
    constexpr int count = 10'000;
    ManagerOptions options = m_network->options();
    options.maxBufferedPackets = count;
    m_manager = std::make_unique<Manager>(QUrl(u"http://chat.example.org"_s), options);
    m_socket = m_manager->socket();
    for (int i = 0; i < count; ++i)
        QVERIFY(m_socket->emitEvent(u"x"_s, i));
    m_socket->connectToServer();
    QTRY_VERIFY(transport());
    transport()->shakeHands();
    transport()->receive(R"(40{"sid":"s1"})"); // it takes as many turns as it needs, and connected() waits
    QTRY_COMPARE(m_socket->state(), ConnectionState::Online);
    const QByteArrayList sent = takeSent();
    QVERIFY(sent.size() > count);
    for (int i = 0; i < count; ++i)
        QCOMPARE(sent.at(i + 1), "42[\"x\"," + QByteArray::number(i) + "]");
}

void tst_socket::bufferedTooLargeForTheNewServer()
{
    QSignalSpy dropped(m_socket, &Socket::eventDropped);
    QVERIFY(m_socket->emitEvent(u"x"_s, QString(100, u'x')));
    const auto asked = m_socket->emitWithAck(u"x"_s, {QString(100, u'x')}, 1min);
    QVERIFY(m_socket->emitEvent(u"x"_s, 1));
    transport()->shakeHands(25'000, 20'000, 50);
    transport()->receive(R"(40{"sid":"s1"})");
    QCOMPARE(takeSent(), (QByteArrayList{"40", "42[\"x\",1]"}));
    QCOMPARE(codeOf(asked), u"message-too-large"_s);
    QCOMPARE(dropped.size(), 1); // what is not kept is said
}

void tst_socket::volatileIsNowOrNever()
{
    QVERIFY(!m_socket->emitVolatile(u"x"_s, {1}));
    goOnline();
    QVERIFY(m_socket->emitVolatile(u"x"_s, {2}));
    transport()->writable = false;
    QVERIFY(!m_socket->emitVolatile(u"x"_s, {3}));
    QCOMPARE(takeSent(), QByteArrayList{"42[\"x\",2]"});
}

void tst_socket::slowAnswersDegrade()
{
    goOnline();
    QList<ConnectionState> states;
    connect(m_socket, &Socket::stateChanged, this, [&](ConnectionState state) { states += state; });
    const auto slow = m_socket->emitWithAck(u"ask"_s, {}, 1min);
    QTimer::singleShot(1'050, this, [this] { transport()->receive("430[]"); });
    QTRY_COMPARE(codeOf(slow), u"answered"_s);
    QCOMPARE(m_socket->state(), ConnectionState::Degraded);
    QVERIFY(m_socket->isConnected());
    QVERIFY(*m_socket->roundTrip() > 1s);
    const auto fast = m_socket->emitWithAck(u"ask"_s, {}, 1min); // sent, although degraded
    transport()->receive("431[]");
    QCOMPARE(codeOf(fast), u"answered"_s);
    QCOMPARE(states, (QList{ConnectionState::Degraded, ConnectionState::Online}));
}

void tst_socket::lateAuthAnswersAreDropped()
{
    QList<std::function<void(QCborMap)>> answers;
    m_socket->setAuth([&](const std::function<void(QCborMap)> &answer) { answers.append(answer); });
    transport()->shakeHands();
    QCOMPARE(answers.size(), 1);
    QVERIFY(takeSent().isEmpty());
    transport()->lose(u"transport-close"_s);
    QTRY_VERIFY(transport());
    answers.at(0)({{u"token"_s, u"old"_s}}); // before the next handshake
    transport()->shakeHands();
    QCOMPARE(answers.size(), 2);
    answers.at(0)({{u"token"_s, u"old"_s}}); // and after
    QVERIFY(takeSent().isEmpty());
    answers.at(1)({{u"token"_s, u"new"_s}});
    answers.at(1)({{u"token"_s, u"twice"_s}});
    QCOMPARE(takeSent(), QByteArrayList{"40{\"token\":\"new\"}"});
    m_manager.reset();
    answers.at(1)({}); // after everything is gone
}

void tst_socket::refusals_data()
{
    QTest::addColumn<QByteArray>("packet");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("cause");
    QTest::newRow("with data") << QByteArray(R"(44{"message":"Invalid token","data":{"n":1}})")
                               << u"connect-refused"_s << u"Invalid token"_s;
    QTest::newRow("a string, as version 2 has it")
        << QByteArray("44\"No\"") << u"connect-refused"_s << u"No"_s;
    QTest::newRow("without a session id")
        << QByteArray("40") << u"protocol-mismatch"_s << u"CONNECT without a session id"_s;
    QTest::newRow("disconnect as the answer") << QByteArray("41") << u"server-disconnect"_s << u"/"_s;
}

void tst_socket::refusals()
{
    QFETCH(QByteArray, packet);
    QFETCH(QString, code);
    QFETCH(QString, cause);
    QList<QCborValue> data;
    connect(m_socket, &Socket::connectError, this,
            [&](const Hubbub::Error &, const QCborValue &value) { data += value; });
    transport()->shakeHands();
    FakeTransport *first = transport();
    first->receive(packet);
    QCOMPARE(m_socket->state(), ConnectionState::Refused);
    QCOMPARE(m_socket->lastError().code, code);
    QCOMPARE(m_socket->lastError().cause, cause);
    QCOMPARE(data.size(), 1);
    if (packet.contains("data"))
        QCOMPARE(data.at(0), QCborValue(QCborMap{{u"n"_s, 1}}));
    QVERIFY(!m_socket->isActive());
    QVERIFY(first->closing); // nobody else needs the connection
    QTRY_VERIFY(!transport());
    QCOMPARE(m_network->count(), 1); // and it does not come back by itself
}

void tst_socket::serverDisconnect()
{
    goOnline();
    QSignalSpy disconnected(m_socket, &Socket::disconnected);
    transport()->receive("41");
    QCOMPARE(disconnected.size(), 1);
    QCOMPARE(disconnected.at(0).at(0).toString(), u"io server disconnect"_s);
    QCOMPARE(m_socket->state(), ConnectionState::Refused);
    QTRY_VERIFY(!transport());
    QCOMPARE(m_network->count(), 1);
    m_socket->connectToServer();
    QCOMPARE(m_network->count(), 2);
}

void tst_socket::leavingWhileTheServerThinks()
{
    Socket *other = m_manager->socket(u"/other"_s);
    other->connectToServer();
    transport()->shakeHands();
    transport()->receive(R"(40{"sid":"s1"})");
    takeSent();
    other->disconnectFromServer(); // CONNECT is out, no answer yet
    QVERIFY(takeSent().isEmpty()); // a DISCONNECT now would break the protocol
    transport()->receive(R"(40/other,{"sid":"s2"})");
    QCOMPARE(takeSent(), QByteArrayList{"41/other,"});
    QCOMPARE(other->state(), ConnectionState::Offline);
}

void tst_socket::sleepKeepsWhatIsEmitted()
{
    transport()->shakeHands(1, 1); // as short as the time a machine sleeps is long
    transport()->receive(R"(40{"sid":"s1"})");
    takeSent();
    QElapsedTimer slept;
    slept.start();
    while (slept.elapsed() < 5) { } // the loop does not run, as when asleep
    QVERIFY(m_socket->emitEvent(u"x"_s, 1));
    QVERIFY(takeSent().isEmpty());
    QCOMPARE(m_socket->bufferedCount(), 1);
    QTRY_COMPARE(m_socket->lastError().code, u"ping-timeout"_s);
    QTRY_VERIFY(transport());
    transport()->shakeHands();
    transport()->receive(R"(40{"sid":"s2"})");
    QCOMPARE(takeSent(), (QByteArrayList{"40", "42[\"x\",1]"}));
}

void tst_socket::reasons_data()
{
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("reason");
    QTest::newRow("close") << u"transport-close"_s << u"transport close"_s;
    QTest::newRow("error") << u"transport-error"_s << u"transport error"_s;
    QTest::newRow("large") << u"message-too-large"_s << u"transport error"_s;
}

void tst_socket::reasons()
{
    QFETCH(QString, code);
    QFETCH(QString, reason);
    goOnline();
    QSignalSpy disconnected(m_socket, &Socket::disconnected);
    QList<ConnectionState> seen;
    connect(m_socket, &Socket::disconnected, this, [&] { seen += m_socket->state(); });
    transport()->lose(code);
    QCOMPARE(disconnected.at(0).at(0).toString(), reason);
    QCOMPARE(disconnected.at(0).at(1).value<Hubbub::Error>().code, code);
    QCOMPARE(seen, QList{ConnectionState::Waiting}); // a handler sees what is, not what was
    QVERIFY(m_socket->isActive());
    QVERIFY(m_socket->id().isEmpty());
}

QTEST_GUILESS_MAIN(tst_socket)
#include "tst_socket.moc"
