// SPDX-License-Identifier: MIT
#include "tests/support/enginerecorder.h"
#include "tests/support/testcertificate.h"

#include <QtCore/QDeadlineTimer>
#include <QtCore/QFile>
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

/// It waits for everybody who may still answer.
ServerOptions patientServer(bool secure)
{
    ServerOptions options;
    options.closeTimeout = options.lingerTimeout = never;
    options.maxQueuedBytes = 100'000'000;
    if (secure)
        options.tls = testCertificate();
    return options;
}

/// From here its system throws away whatever comes for it, as if the machine were off.
void vanish(FramePeer &peer)
{
    sock_filter nothing = BPF_STMT(BPF_RET | BPF_K, 0);
    const sock_fprog program{1, &nothing};
    QCOMPARE(::setsockopt(int(peer.http.socket().socketDescriptor()), SOL_SOCKET, SO_ATTACH_FILTER, &program,
                          sizeof program),
             0);
}

void comeBack(FramePeer &peer)
{
    const int nothing = 0;
    QCOMPARE(::setsockopt(int(peer.http.socket().socketDescriptor()), SOL_SOCKET, SO_DETACH_FILTER, &nothing,
                          sizeof nothing),
             0);
}

/// How often the server's system has sent again what that peer did not answer.
int repetitions(FramePeer &peer)
{
    const auto end = [](quint16 port) {
        return " 0100007F:" + QByteArray::number(port, 16).toUpper().rightJustified(4, '0');
    };
    const QByteArray ends = end(peer.http.socket().peerPort()) + end(peer.http.socket().localPort()) + ' ';
    QFile table(QStringLiteral("/proc/net/tcp"));
    if (!table.open(QFile::ReadOnly))
        return -1;
    for (const QByteArray &line : table.readAll().split('\n')) {
        if (line.contains(ends))
            return line.simplified().split(' ').value(6).toInt(nullptr, 16);
    }
    return -1;
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
    void whoComesBackGetsEverything_data();
    void whoComesBackGetsEverything();
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
    EngineRecorder recorder(patientServer(secure));
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
    QCOMPARE(recorder.server->counters().lostCut, 1u);
}

void TestDrain::whoComesBackGetsEverything_data()
{
    QTest::addColumn<bool>("secure");
    QTest::addColumn<bool>("away"); ///< from the network, otherwise it only does not read
    QTest::newRow("plain, does not read") << false << false;
    QTest::newRow("plain, changes its network") << false << true;
    QTest::newRow("TLS, does not read") << true << false;
    QTest::newRow("TLS, changes its network") << true << true;
}

/// Who is away comes back when the system has repeated twice what was not answered.
void TestDrain::whoComesBackGetsEverything()
{
    QFETCH(bool, secure);
    QFETCH(bool, away);
    EngineRecorder recorder(patientServer(secure));
    const auto peer = recorder.webSocketPeer(secure);
    QVERIFY(peer);
    if (away)
        vanish(*peer);
    else
        peer->http.socket().setReadBufferSize(1);
    const QByteArray much(8'000'000, 'x'); // more than the systems on both sides keep
    recorder.send(recorder.opened(), much);
    QSignalSpy closed(recorder.server.get(), &EngineIo::Server::closed);
    recorder.server->close();
    if (away) {
        QTRY_VERIFY_WITH_TIMEOUT(repetitions(*peer) >= 2, patience);
        comeBack(*peer);
    } else {
        const QDeadlineTimer pause(1s);
        QTRY_VERIFY_WITH_TIMEOUT(pause.hasExpired(), patience);
        peer->http.socket().setReadBufferSize(0);
    }
    QCOMPARE(peer->nextText(), '4' + much);
    QCOMPARE(peer->next().opcode, int(FramePeer::Close));
    peer->http.abort();
    QTRY_COMPARE_WITH_TIMEOUT(closed.size(), 1, patience);
    QCOMPARE(recorder.server->counters().lostCut, 0u);
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
    options.closeTimeout = 5s; // longer than nothing may come from a peer that is lost
    options.lingerTimeout = never;
    if (secure)
        options.tls = testCertificate();
    EngineRecorder recorder(options);
    const auto peer = recorder.webSocketPeer(secure);
    QVERIFY(peer);
    peer->http.socket().setReadBufferSize(1);
    QSignalSpy closed(recorder.server.get(), &EngineIo::Server::closed);
    const QDeadlineTimer deadline(options.closeTimeout);
    recorder.server->close();
    QTRY_COMPARE_WITH_TIMEOUT(closed.size(), 1, patience);
    QVERIFY(deadline.hasExpired());
    QCOMPARE(recorder.server->counters().lostCut, 0u);
    peer->http.socket().setReadBufferSize(0);
    QCOMPARE(peer->next().opcode, int(FramePeer::Close));
}

QTEST_GUILESS_MAIN(TestDrain)
#include "tst_drain.moc"
