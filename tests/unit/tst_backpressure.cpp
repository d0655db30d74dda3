// SPDX-License-Identifier: MIT
#include "tests/support/enginerecorder.h"
#include "tests/support/testcertificate.h"

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

} // namespace

/// A peer that says more than the handlers can take in time.
class TestBackPressure : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void aFloodWaitsInItsOwnSocket();
    void whereQtReadsTheFloodEnds();
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

void TestBackPressure::whereQtReadsTheFloodEnds()
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
    QByteArray frames;
    for (int i = 0; i < 20'000; ++i)
        frames += FramePeer::frame(0x81, message(i));
    peer.http.send(frames);
    // This thread encrypts and sends, but handles nothing while it does.
    while (!peer.http.isClosed() && peer.http.socket().bytesToWrite() > 0
           && peer.http.socket().waitForBytesWritten(1000)) { }
    QVERIFY(!recorder.closed(session).isEmpty());
    QVERIFY(recorder.logs.value(session).size() < 10'000);
}

QTEST_GUILESS_MAIN(TestBackPressure)
#include "tst_backpressure.moc"
