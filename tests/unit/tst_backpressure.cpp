// SPDX-License-Identifier: MIT
#include "tests/support/enginerecorder.h"
#include "tests/support/testcertificate.h"

#include <QtCore/QDeadlineTimer>
#include <QtCore/QRegularExpression>

#ifdef Q_OS_UNIX
#include <poll.h>
#include <sys/socket.h>
#endif

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using EngineIo::ServerOptions;

namespace
{

constexpr qsizetype messageSize = 1000;
constexpr qint64 floodSize = 100'000'000; // far above what the sockets' own buffers take

QByteArray message(int number)
{
    return ("4" + QByteArray::number(number)).leftJustified(messageSize, ' ');
}

/// Says as many whole messages as go out while this thread, which handles them, does nothing else: until
/// nothing goes out for a second.
int flood(qintptr descriptor)
{
    int number = 0;
    for (qint64 bytes = 0; bytes < floodSize; ++number) {
        const QByteArray frame = FramePeer::frame(0x81, message(number));
        for (qsizetype sent = 0; sent < frame.size();) {
            pollfd asked{int(descriptor), POLLOUT, 0};
            if (sent == 0 && ::poll(&asked, 1, 1000) == 0)
                return number;
            const auto step = ::send(int(descriptor), frame.constData() + sent, size_t(frame.size() - sent),
                                     MSG_NOSIGNAL | MSG_DONTWAIT);
            if (step < 0 && errno != EAGAIN)
                return number;
            if (step < 0 && ::poll(&asked, 1, 1000) == 0)
                return -number; // a frame was cut: its rest follows
            sent += std::max<qsizetype>(step, 0);
        }
        bytes += frame.size();
    }
    return number;
}

/// Sends while this thread, which handles what comes, does nothing else; false if it never comes to that.
bool sendUntil(HttpPeer &peer, const std::function<bool()> &done)
{
    for (const QDeadlineTimer patience(60s); !done() && !patience.hasExpired();)
        peer.socket().waitForBytesWritten(100);
    return done();
}

} // namespace

/// A peer that says more than the handlers can take in time.
class TestBackPressure : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void aFloodWaitsInItsOwnSocket();
    void aFloodOverTlsWaitsToo();
    void aFloodOfRequestsEndsTheSession();
};

void TestBackPressure::aFloodWaitsInItsOwnSocket()
{
    EngineRecorder recorder;
    const auto peer = recorder.webSocketPeer();
    const auto other = recorder.webSocketPeer();
    QVERIFY(peer && other);
    const int said = flood(peer->http.socket().socketDescriptor());
    const int whole = std::abs(said);
    QVERIFY2(whole * messageSize < floodSize / 2, qPrintable(QString::number(whole)));
    if (!onServerThread) {
        QVERIFY(recorder.server->counters().readingPaused > 0);
        // Two stretches, and what one read brings.
        QVERIFY(recorder.server->counters().bytesIn < 3'000'000);
    }
    // The handlers work again: nothing of it is lost, and the other one is heard too.
    other->text("4hello");
    QTRY_COMPARE_WITH_TIMEOUT(recorder.server->counters().messagesIn, quint64(whole) + 1, 30'000);
    QTRY_COMPARE(qsizetype(recorder.log.size()), qsizetype(whole) + 3); // with two sessions opened
    QVERIFY(recorder.ends.isEmpty());
}

void TestBackPressure::aFloodOverTlsWaitsToo()
{
    if (onServerThread)
        QSKIP("a turn's messages are handled in that turn");
    ServerOptions options;
    options.tls = testCertificate();
    options.maxUnhandledBytes = 10'000;
    options.maxQueuedBytes = 1'000'000;
    EngineRecorder recorder(options);
    FramePeer peer(recorder.port(), true);
    QCOMPARE(peer.upgrade(EngineRecorder::webSocket), 101);
    const auto session = recorder.opened();
    QVERIFY(session);
    constexpr int said = 20'000;
    QByteArray frames;
    for (int i = 0; i < said; ++i)
        frames += FramePeer::frame(0x81, message(i));
    peer.http.send(frames);
    QVERIFY(sendUntil(peer.http, [&] { return recorder.server->counters().readingPaused > 0; }));
    QVERIFY(recorder.server->counters().messagesIn < said / 2);
    // The handlers work again: nothing of it is lost.
    QTRY_COMPARE_WITH_TIMEOUT(qsizetype(recorder.logs.value(session).size()), qsizetype(said) + 1, 60'000);
    QVERIFY(recorder.ends.isEmpty());
}

void TestBackPressure::aFloodOfRequestsEndsTheSession()
{
    if (onServerThread)
        QSKIP("a turn's messages are handled in that turn");
    ServerOptions options;
    options.maxUnhandledBytes = 10'000;
    options.maxQueuedBytes = 1'000'000;
    EngineRecorder recorder(options);
    const QByteArray poller = recorder.poller();
    const auto session = recorder.opened();
    QVERIFY(session);
    QByteArrayList messages;
    for (int i = 0; i < 100; ++i)
        messages << message(i);
    HttpPeer peer(recorder.port());
    for (int i = 0; i < 100; ++i)
        peer.request("POST", poller, messages.join('\x1e'));
    QVERIFY(sendUntil(peer, [&] { return recorder.server->counters().sessionsClosed > 0; }));
    QVERIFY(recorder.closed(session).startsWith(u"transport error"));
    QVERIFY(recorder.logs.value(session).size() < 5'000);
}

QTEST_GUILESS_MAIN(TestBackPressure)
#include "tst_backpressure.moc"
