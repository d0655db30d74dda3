// SPDX-License-Identifier: MIT
#include "tests/support/enginerecorder.h"
#include "tests/support/testcertificate.h"

#include <QtCore/QRegularExpression>
#include <QtTest/QSignalSpy>

#include <linux/filter.h>
#include <sys/socket.h>

using namespace std::chrono_literals;
using EngineIo::ServerOptions;

namespace
{

constexpr int patience = 30'000;
constexpr auto never = 1h; // far beyond the test's own end

/// From here its system throws away whatever comes for it, as if the machine were off.
void vanish(FramePeer &peer)
{
    sock_filter nothing = BPF_STMT(BPF_RET | BPF_K, 0);
    const sock_fprog program{1, &nothing};
    QCOMPARE(::setsockopt(int(peer.http.socket().socketDescriptor()), SOL_SOCKET, SO_ATTACH_FILTER, &program,
                          sizeof program),
             0);
}

} // namespace

/// Whom a server waits for that says goodbye.
class TestDrain : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void whoIsGoneIsNotWaitedFor_data();
    void whoIsGoneIsNotWaitedFor();
    void whoDoesNotEndHasUntilTheDeadline_data();
    void whoDoesNotEndHasUntilTheDeadline();
};

void TestDrain::whoIsGoneIsNotWaitedFor_data()
{
    QTest::addColumn<bool>("secure");
    QTest::addColumn<qsizetype>("bytes"); ///< still on their way to it
    QTest::newRow("plain") << false << qsizetype(0);
    QTest::newRow("plain, with much to send") << false << qsizetype(20'000'000);
    QTest::newRow("TLS") << true << qsizetype(0);
    QTest::newRow("TLS, with much to send") << true << qsizetype(20'000'000);
}

void TestDrain::whoIsGoneIsNotWaitedFor()
{
    QFETCH(bool, secure);
    QFETCH(qsizetype, bytes);
    ServerOptions options;
    options.closeTimeout = options.lingerTimeout = never;
    options.maxQueuedBytes = 100'000'000;
    if (secure)
        options.tls = testCertificate();
    EngineRecorder recorder(options);
    const auto peer = recorder.webSocketPeer(secure);
    QVERIFY(peer);
    const auto session = recorder.opened();
    vanish(*peer);
    if (bytes > 0)
        recorder.send(session, QByteArray(bytes, 'x'));
    QSignalSpy closed(recorder.server.get(), &EngineIo::Server::closed);
    recorder.server->close();
    QTRY_COMPARE_WITH_TIMEOUT(closed.size(), 1, patience);
    QCOMPARE(recorder.closed(session), QStringLiteral("server shutting down"));
}

void TestDrain::whoDoesNotEndHasUntilTheDeadline_data()
{
    QTest::addColumn<bool>("secure");
    QTest::newRow("plain") << false;
    QTest::newRow("TLS") << true;
}

/// Its system takes all that is sent, but it never ends the connection itself.
void TestDrain::whoDoesNotEndHasUntilTheDeadline()
{
    QFETCH(bool, secure);
    ServerOptions options;
    options.closeTimeout = 100ms;
    options.lingerTimeout = never;
    if (secure)
        options.tls = testCertificate();
    EngineRecorder recorder(options);
    const auto peer = recorder.webSocketPeer(secure);
    QVERIFY(peer);
    peer->http.socket().setReadBufferSize(1);
    QSignalSpy closed(recorder.server.get(), &EngineIo::Server::closed);
    recorder.server->close();
    QTRY_COMPARE_WITH_TIMEOUT(closed.size(), 1, patience);
}

QTEST_GUILESS_MAIN(TestDrain)
#include "tst_drain.moc"
