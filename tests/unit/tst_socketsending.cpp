// SPDX-License-Identifier: MIT
// How often an event is encoded on its way out, and what is left of it for those who look later.
#include "libclient/client/manager.h"
#include "libclient/client/socket.h"
#include "tests/support/faketransport.h"

#include <QtTest/QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using SocketIo::Arguments;
using SocketIo::ConnectionState;
using SocketIo::Event;
using SocketIo::Manager;
using SocketIo::ManagerOptions;
using SocketIo::PacketType;
using SocketIo::Socket;
using SocketIo::TappedPacket;

namespace
{

/// The usual parser, which counts the events it encodes.
class CountingParser final : public SocketIo::Parser
{
public:
    SocketIo::EncodedPacket encode(const SocketIo::Packet &packet) const override
    {
        if (packet.type == PacketType::Event)
            ++events;
        return SocketIo::jsonParser()->encode(packet);
    }
    std::unique_ptr<SocketIo::Decoder> createDecoder(const SocketIo::DecoderLimits &limits) const override
    {
        return SocketIo::jsonParser()->createDecoder(limits);
    }

    mutable int events = 0;
};

QString codeOf(const QFuture<Hubbub::Result<Arguments>> &future)
{
    if (!future.isFinished())
        return u"pending"_s;
    return future.result() ? u"answered"_s : future.result().error().code;
}

} // namespace

class tst_socketsending : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_manager.reset(); }

    void anEventIsEncodedOnce_data();
    void anEventIsEncodedOnce();
    void aRetriedEventIsEncodedOncePerTry();
    void aQueueIsEncodedOnce();
    void aRetriedEventTooLargeForTheNewServer();
    void whoListensLaterSeesWhatWaited_data();
    void whoListensLaterSeesWhatWaited();
    void whoListensAlreadySeesWhatWasGiven();

private:
    FakeTransport *transport() { return m_network->transport(); }
    QByteArrayList takeSent() { return std::exchange(transport()->sent, {}); }
    void goOnline(Socket *socket, qint64 maxPayload = 1'000'000);

    std::unique_ptr<FakeNetwork> m_network;
    std::shared_ptr<CountingParser> m_parser;
    std::unique_ptr<Manager> m_manager;
};

void tst_socketsending::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_network = std::make_unique<FakeNetwork>();
    m_parser = std::make_shared<CountingParser>();
    ManagerOptions options = m_network->options();
    options.parser = m_parser;
    m_manager = std::make_unique<Manager>(QUrl(u"http://chat.example.org"_s), options);
}

void tst_socketsending::goOnline(Socket *socket, qint64 maxPayload)
{
    socket->connectToServer();
    QTRY_VERIFY(transport() && !transport()->aborted);
    transport()->shakeHands(25'000, 20'000, maxPayload);
    transport()->receive(R"(40{"sid":"s1"})");
    QTRY_COMPARE(socket->state(), ConnectionState::Online);
}

void tst_socketsending::anEventIsEncodedOnce_data()
{
    QTest::addColumn<int>("retries");
    QTest::addColumn<bool>("offline");
    QTest::newRow("sent") << 0 << false;
    QTest::newRow("buffered") << 0 << true;
    QTest::newRow("retried, sent") << 3 << false;
    QTest::newRow("retried, kept") << 3 << true;
}

void tst_socketsending::anEventIsEncodedOnce()
{
    QFETCH(int, retries);
    QFETCH(bool, offline);
    Socket *socket = m_manager->socket(u"/"_s, {.retries = retries, .ackTimeout = 1min});
    if (!offline)
        goOnline(socket);
    QVERIFY(socket->emitEvent(u"x"_s, 1, u"two"_s));
    QCOMPARE(m_parser->events, 1);
    if (offline)
        goOnline(socket);
    QCOMPARE(takeSent().last(), retries > 0 ? R"(420["x",1,"two"])"_ba : R"(42["x",1,"two"])"_ba);
    QCOMPARE(m_parser->events, 1);
}

void tst_socketsending::aRetriedEventIsEncodedOncePerTry()
{
    Socket *socket = m_manager->socket(u"/"_s, {.retries = 2, .ackTimeout = 1min});
    goOnline(socket);
    takeSent();
    const auto first = socket->emitWithAck(u"x"_s, {1});
    const auto second = socket->emitWithAck(u"x"_s, {2});
    QCOMPARE(m_parser->events, 2);
    QCOMPARE(takeSent(), QByteArrayList{R"(420["x",1])"});

    transport()->lose(u"transport-close"_s);
    goOnline(socket);
    QCOMPARE(m_parser->events, 3); // with an id of its own, for an answer to the first try may still come
    QCOMPARE(takeSent().mid(1), QByteArrayList{R"(421["x",1])"});
    transport()->receive(R"(430["late"])");
    QCOMPARE(codeOf(first), u"pending"_s);
    transport()->receive(R"(431["here"])");
    QTRY_COMPARE(codeOf(first), u"answered"_s);
    QTRY_COMPARE(transport()->sent, QByteArrayList{R"(422["x",2])"});
    QCOMPARE(m_parser->events, 4); // its id was taken by the other's second try
    transport()->receive(R"(432["here"])");
    QTRY_COMPARE(codeOf(second), u"answered"_s);
}

void tst_socketsending::aQueueIsEncodedOnce()
{
    constexpr int count = 5;
    Socket *socket = m_manager->socket(u"/"_s, {.retries = 2, .ackTimeout = 1min});
    for (int i = 0; i < count; ++i)
        QVERIFY(socket->emitEvent(u"x"_s, i));
    goOnline(socket);
    QCOMPARE(takeSent().mid(1), QByteArrayList{R"(420["x",0])"});
    for (int i = 0; i < count; ++i) {
        if (i > 0)
            QTRY_COMPARE(transport()->sent, QByteArrayList{u"42%1[\"x\",%1]"_s.arg(i).toLatin1()});
        takeSent();
        transport()->receive(u"43%1[]"_s.arg(i).toLatin1());
    }
    QTRY_COMPARE(socket->unansweredCount(), 0);
    QCOMPARE(m_parser->events, count);
}

void tst_socketsending::aRetriedEventTooLargeForTheNewServer()
{
    Socket *socket = m_manager->socket(u"/"_s, {.retries = 2, .ackTimeout = 1min});
    const auto large = socket->emitWithAck(u"x"_s, {QString(100, u'x')});
    const auto small = socket->emitWithAck(u"x"_s, {1});
    goOnline(socket, 50);
    QTRY_COMPARE(codeOf(large), u"message-too-large"_s);
    QTRY_COMPARE(transport()->sent, (QByteArrayList{"40", R"(421["x",1])"}));
    transport()->receive("431[]");
    QTRY_COMPARE(codeOf(small), u"answered"_s);
}

void tst_socketsending::whoListensLaterSeesWhatWaited_data()
{
    QTest::addColumn<QCborArray>("arguments");
    QTest::newRow("none") << QCborArray();
    QTest::newRow("text and numbers") << QCborArray{u"h\u00e9 \"quoted\""_s, -3, 0.5, true, nullptr};
    QTest::newRow("objects") << QCborArray{QCborMap{{u"k"_s, QCborArray{1, u"v"_s}}}};
    QTest::newRow("binary") << QCborArray{"\x01\xff"_ba, QCborMap{{u"file"_s, QByteArray(10'000, 'x')}}};
}

void tst_socketsending::whoListensLaterSeesWhatWaited()
{
    QFETCH(QCborArray, arguments);
    Socket *socket = m_manager->socket();
    QVERIFY(socket->emitEvent(u"x"_s, Arguments(arguments)));
    QList<QCborArray> heard;
    QList<QCborArray> tapped;
    socket->onAnyOutgoing(this, [&](const Event &event) { heard.append(event.arguments.toArray()); });
    m_manager->tap(this, [&](const TappedPacket &passed) {
        if (passed.direction == TappedPacket::Direction::Out && passed.packet.type == PacketType::Event)
            tapped.append(passed.packet.arguments.toArray());
    });
    goOnline(socket);
    QCOMPARE(heard, QList{arguments});
    QCOMPARE(tapped, QList{arguments});
}

void tst_socketsending::whoListensAlreadySeesWhatWasGiven()
{
    const QDateTime time = QDateTime::currentDateTimeUtc(); // becomes text on the wire
    Socket *socket = m_manager->socket();
    QList<QCborArray> heard;
    socket->onAnyOutgoing(this, [&](const Event &event) { heard.append(event.arguments.toArray()); });
    QVERIFY(socket->emitEvent(u"x"_s, Arguments{QCborValue(time)}));
    goOnline(socket);
    QCOMPARE(heard, QList{QCborArray{QCborValue(time)}});
}

QTEST_GUILESS_MAIN(tst_socketsending)
#include "tst_socketsending.moc"
