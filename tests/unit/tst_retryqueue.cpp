// SPDX-License-Identifier: MIT
// How much waits to be answered with SocketOptions::retries, and what an emit beyond that is told.
#include "libclient/client/manager.h"
#include "libclient/client/retryqueue.h"
#include "libclient/client/socket.h"
#include "tests/support/faketransport.h"

#include <QtCore/QRegularExpression>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using SocketIo::Arguments;
using SocketIo::BufferPolicy;
using SocketIo::ConnectionState;
using SocketIo::Manager;
using SocketIo::ManagerOptions;
using SocketIo::OutgoingEvent;
using SocketIo::RetryQueue;
using SocketIo::Socket;

namespace
{

QString codeOf(const QFuture<Hubbub::Result<Arguments>> &future)
{
    if (!future.isFinished())
        return u"pending"_s;
    return future.result() ? u"answered"_s : future.result().error().code;
}

RetryQueue::Item itemOf(qsizetype size)
{
    RetryQueue::Item item;
    item.first.emplace();
    item.first->messages.push_back({QByteArray(size, 'x'), false});
    return item;
}

/// An event whose packet takes so many bytes: 2["x","…"] with an id of one digit.
QString textFor(int bytes)
{
    return QString(bytes - int(qstrlen(R"(20["x",""])")), u'x');
}

} // namespace

class tst_retryqueue : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_manager.reset(); }

    void bounds_data();
    void bounds();
    void answersMakeRoom();
    void whatIsCancelledMakesRoom();
    void takenAllItIsEmpty();
    void itHasTheBoundsOfTheSendBuffer();
    void theSocketRefuses_data();
    void theSocketRefuses();
    void theSocketTakesMoreOnceAnswered();
    void aSlowConnectionIsWaitedFor_data();
    void aSlowConnectionIsWaitedFor();

private:
    FakeTransport *transport() { return m_network->transport(); }
    Socket *socketOf(const ManagerOptions &options);
    void goOnline(Socket *socket);

    std::unique_ptr<FakeNetwork> m_network;
    std::unique_ptr<Manager> m_manager;
};

void tst_retryqueue::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_network = std::make_unique<FakeNetwork>();
}

Socket *tst_retryqueue::socketOf(const ManagerOptions &options)
{
    m_manager = std::make_unique<Manager>(QUrl(u"http://chat.example.org"_s), options);
    return m_manager->socket(u"/"_s, {.retries = 2, .ackTimeout = 1min});
}

void tst_retryqueue::goOnline(Socket *socket)
{
    socket->connectToServer();
    QTRY_VERIFY(transport() && !transport()->aborted);
    transport()->shakeHands();
    transport()->receive(R"(40{"sid":"s1"})");
    QTRY_COMPARE(socket->state(), ConnectionState::Online);
}

void tst_retryqueue::bounds_data()
{
    QTest::addColumn<QList<int>>("sizes");
    QTest::addColumn<int>("taken");
    QTest::newRow("as many bytes as there may be") << QList{50, 50} << 2;
    QTest::newRow("one byte more") << QList{50, 51} << 1;
    QTest::newRow("one event of all the bytes") << QList{100, 1} << 1;
    QTest::newRow("an event that can never fit") << QList{101} << 0;
    QTest::newRow("as many events as there may be") << QList{1, 1, 1} << 3;
    QTest::newRow("one event more") << QList{1, 1, 1, 1} << 3;
}

void tst_retryqueue::bounds()
{
    QFETCH(QList<int>, sizes);
    QFETCH(int, taken);
    RetryQueue queue(1, 3, 100);
    qint64 bytes = 0;
    for (int i = 0; i < sizes.size(); ++i) {
        const Hubbub::Result<void> pushed = queue.push(itemOf(sizes.at(i)));
        QCOMPARE(pushed.has_value(), i < taken);
        if (pushed) {
            bytes += sizes.at(i);
        } else {
            QCOMPARE(pushed.error().code, u"buffer-full"_s);
            QCOMPARE(pushed.error().cause, u"%1 events, %2 bytes"_s.arg(taken).arg(bytes));
        }
    }
    QCOMPARE(queue.count(), taken);
    QCOMPARE(queue.bytes(), bytes);
}

void tst_retryqueue::answersMakeRoom()
{
    RetryQueue queue(1, 3, 100);
    QVERIFY(queue.push(itemOf(60)));
    RetryQueue::Item *item = queue.startNext();
    QVERIFY(item);
    item->first.reset(); // went to the transport: it may have to be sent again, and counts
    QVERIFY(!queue.push(itemOf(60)));
    QVERIFY(!queue.ended(item->number, Hubbub::failure(u"ack-timeout"_s, u"No answer."_s)));
    QCOMPARE(queue.bytes(), 60);
    item = queue.startNext();
    QVERIFY(item);
    QVERIFY(queue.ended(item->number, Arguments()));
    QCOMPARE(queue.bytes(), 0);
    QVERIFY(queue.push(itemOf(60)));
}

void tst_retryqueue::whatIsCancelledMakesRoom()
{
    RetryQueue queue(1, 3, 100);
    QVERIFY(queue.push(itemOf(30)));
    QVERIFY(queue.startNext());
    RetryQueue::Item unwanted = itemOf(60);
    const SocketIo::PendingAck ack = unwanted.ack;
    QVERIFY(queue.push(std::move(unwanted)));
    QVERIFY(!queue.push(itemOf(20)));
    ack.future().cancel();
    QVERIFY(queue.push(itemOf(20))); // although another one is on its way before it
    QCOMPARE(queue.count(), 2);
    QCOMPARE(queue.bytes(), 50);
}

void tst_retryqueue::takenAllItIsEmpty()
{
    RetryQueue queue(1, 3, 100);
    QVERIFY(queue.push(itemOf(60)));
    QVERIFY(queue.push(itemOf(40)));
    QCOMPARE(queue.takeAll().size(), 2);
    QCOMPARE(queue.bytes(), 0);
    QVERIFY(queue.push(itemOf(100)));
}

/// The same event fits, or does not, with retries and without.
void tst_retryqueue::itHasTheBoundsOfTheSendBuffer()
{
    ManagerOptions options = m_network->options();
    QCOMPARE(options.maxBufferedPackets, 10'000);
    QCOMPARE(options.maxBufferedBytes, 16'000'000);
    m_manager = std::make_unique<Manager>(QUrl(u"http://chat.example.org"_s), options);
    const QString megabyte = textFor(1'000'000);
    for (const int retries : {0, 2}) {
        Socket *socket = m_manager->socket(u"/"_s + QString::number(retries), {.retries = retries});
        for (int i = 0; i < 15; ++i)
            QVERIFY(socket->emitEvent(u"x"_s, megabyte));
        QVERIFY(socket->emitEvent(u"x"_s, megabyte.chopped(100)));
        QCOMPARE(socket->emitEvent(u"x"_s, megabyte).error().code, u"buffer-full"_s);
    }
}

void tst_retryqueue::theSocketRefuses_data()
{
    QTest::addColumn<BufferPolicy>("policy");
    QTest::addColumn<bool>("online");
    for (const bool online : {false, true}) {
        const char *const where = online ? "online" : "offline";
        QTest::addRow("%s", where) << BufferPolicy::RefuseNewest << online;
        QTest::addRow("%s: what was taken up is not dropped", where) << BufferPolicy::DropOldest << online;
        QTest::addRow("%s: it is no buffer for being offline", where) << BufferPolicy::Off << online;
    }
}

void tst_retryqueue::theSocketRefuses()
{
    QFETCH(BufferPolicy, policy);
    QFETCH(bool, online);
    ManagerOptions options = m_network->options();
    options.maxBufferedBytes = 1'000;
    options.bufferPolicy = policy;
    Socket *socket = socketOf(options);
    if (online)
        goOnline(socket);
    QSignalSpy dropped(socket, &Socket::eventDropped);
    const auto first = socket->emitWithAck(u"x"_s, {textFor(500)});
    const auto second = socket->emitWithAck(u"x"_s, {textFor(500)});
    const auto refused = socket->emitWithAck(u"x"_s, {1});
    QCOMPARE(codeOf(refused), u"buffer-full"_s);
    QCOMPARE(refused.result().error().cause, u"2 events, 1000 bytes"_s);
    QCOMPARE(socket->emitEvent(u"x"_s, 1).error().code, u"buffer-full"_s);
    QCOMPARE(m_manager->statistics().refused, 2u);
    QCOMPARE(codeOf(first), u"pending"_s);
    QCOMPARE(codeOf(second), u"pending"_s);
    QCOMPARE(socket->unansweredCount(), 2);
    QCOMPARE(dropped.size(), 0);
}

void tst_retryqueue::theSocketTakesMoreOnceAnswered()
{
    ManagerOptions options = m_network->options();
    options.maxBufferedBytes = 1'000;
    Socket *socket = socketOf(options);
    const auto first = socket->emitWithAck(u"x"_s, {textFor(900)});
    QCOMPARE(codeOf(socket->emitWithAck(u"x"_s, {textFor(900)})), u"buffer-full"_s);
    goOnline(socket);
    transport()->lose(u"transport-close"_s); // it is to be sent again, and keeps its room
    QCOMPARE(codeOf(socket->emitWithAck(u"x"_s, {textFor(900)})), u"buffer-full"_s);
    goOnline(socket);
    transport()->receive("431[]");
    QTRY_COMPARE(codeOf(first), u"answered"_s);
    const auto next = socket->emitWithAck(u"x"_s, {textFor(900)});
    QCOMPARE(transport()->sent.last(), "422[\"x\",\"" + textFor(900).toLatin1() + "\"]");
    transport()->receive("432[]");
    QTRY_COMPARE(codeOf(next), u"answered"_s);
}

void tst_retryqueue::aSlowConnectionIsWaitedFor_data()
{
    QTest::addColumn<bool>("again");
    QTest::newRow("others have filled it") << false;
    QTest::newRow("its own first try has") << true;
}

/// Nobody is told when it is lost: an emit without an ack was taken up for good.
void tst_retryqueue::aSlowConnectionIsWaitedFor()
{
    QFETCH(bool, again);
    ManagerOptions options = m_network->options();
    options.maxBufferedBytes = 1'000;
    m_manager = std::make_unique<Manager>(QUrl(u"http://chat.example.org"_s), options);
    Socket *socket = m_manager->socket(u"/"_s, {.retries = 2, .ackTimeout = 20ms});
    goOnline(socket);
    Socket *other = m_manager->socket(u"/other"_s);
    QTRY_COMPARE(other->state(), ConnectionState::Handshaking);
    transport()->receive(R"(40/other,{"sid":"s2"})");
    QTRY_COMPARE(other->state(), ConnectionState::Online);
    transport()->waiting = again ? 0 : 900;
    QVERIFY(socket->emitEvent(u"x"_s, textFor(600)));
    if (again) {
        transport()->waiting = 600;
        const auto later = other->emitWithAck(u"x"_s, {1}, 100ms);
        QTRY_COMPARE(codeOf(later), u"ack-timeout"_s); // so the first try has had its time
    }
    QCOMPARE(socket->unansweredCount(), 1);
    const qsizetype sent = transport()->sent.size();
    QCOMPARE(transport()->sent.size(), sent);
    transport()->waiting = 500;
    transport()->drain(); // not enough
    QCOMPARE(transport()->sent.size(), sent);
    transport()->waiting = 0;
    transport()->drain();
    QCOMPARE(transport()->sent.size(), sent + 1);
    QVERIFY(transport()->sent.last().contains(textFor(600).toLatin1()));
}

QTEST_GUILESS_MAIN(tst_retryqueue)
#include "tst_retryqueue.moc"
