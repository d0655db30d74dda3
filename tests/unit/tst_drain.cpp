// SPDX-License-Identifier: MIT
#include "server-lite/gateway/servermetrics.h"
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

const QByteArray much(12'000'000, 'x'); // more than the systems on both sides keep

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

/// A server of its own with one WebSocket peer: several of them say goodbye and wait at the same time.
struct Parting {
    Parting(const char *label, ServerOptions options)
        : name(label)
        , recorder(std::move(options))
        , peer(recorder.webSocketPeer(recorder.server->options().tls.has_value()))
        , session(recorder.opened())
        , closed(recorder.server.get(), &EngineIo::Server::closed)
    {
    }

    const char *name;
    EngineRecorder recorder;
    std::unique_ptr<FramePeer> peer; ///< null if it was refused
    EngineIo::SessionHandle session;
    QSignalSpy closed;
};

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

/// What is not taken at once is lost.
ServerOptions hastyServer(bool secure)
{
    ServerOptions options = patientServer(secure);
    options.closeTimeout = 100ms;
    return options;
}

/// Its next ping, and the time for the pong, would come before that.
ServerOptions restlessServer()
{
    ServerOptions options = hastyServer(false);
    options.pingInterval = options.pingTimeout = options.closeTimeout / 5;
    return options;
}

/// The value of the figure of that name; -1 if there is none.
int figure(const Hubbub::ServerMetrics &metrics, const QByteArray &name)
{
    for (const Hubbub::Metric &metric : metrics.read()) {
        if (metric.name == name)
            return int(metric.value);
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

    void whoIsGoneIsNotWaitedFor();
    void whoComesBackGetsEverything();
    void whoDoesNotEndHasUntilTheDeadline();
    void whoDoesNotTakeEverythingIsCounted_data();
    void whoDoesNotTakeEverythingIsCounted();
    void whoIsClosedAndTakesNothingIsCounted();
    void whoseGoodbyeAloneIsLeftIsNotCounted();
};

void TestDrain::whoIsGoneIsNotWaitedFor()
{
    Hubbub::HistoryStore history;
    QVERIFY(history.open({}));
    SocketIo::ServerOptions options;
    options.engine = patientServer(false);
    SocketIo::Server measured(options);
    const Hubbub::ChatGateway gateway(&measured, &history, Hubbub::JwtKey::randomHs256(), {},
                                      {{QStringLiteral("lobby"), QStringLiteral("Lobby")}});
    const Hubbub::ServerMetrics metrics(&measured, &gateway);
    QVERIFY(measured.listen(QHostAddress::LocalHost, 0));
    FramePeer counted(measured.port());
    QCOMPARE(counted.upgrade(EngineRecorder::webSocket), 101);
    vanish(counted);

    std::vector<std::unique_ptr<Parting>> partings;
    partings.push_back(std::make_unique<Parting>("plain", patientServer(false)));
    partings.push_back(std::make_unique<Parting>("plain, with much to send", patientServer(false)));
    partings.push_back(std::make_unique<Parting>("TLS", patientServer(true)));
    partings.push_back(std::make_unique<Parting>("TLS, with much to send", patientServer(true)));
    for (size_t i = 0; i < partings.size(); ++i) {
        QVERIFY2(partings[i]->peer, partings[i]->name);
        vanish(*partings[i]->peer);
        if (i % 2 == 1)
            partings[i]->recorder.send(partings[i]->session, much);
    }
    measured.close();
    for (const auto &parting : partings)
        parting->recorder.server->close();
    for (const auto &parting : partings) {
        QVERIFY2(QTest::qWaitFor([&] { return parting->closed.size() == 1; }, patience), parting->name);
        QCOMPARE(parting->recorder.closed(parting->session), QStringLiteral("server shutting down"));
        QVERIFY2(parting->recorder.server->counters().lostCut == 1, parting->name);
        QVERIFY2(parting->recorder.server->counters().unsentCut == 0, parting->name);
    }
    QTRY_COMPARE_WITH_TIMEOUT(figure(metrics, "hubbub_lost_cut_total"), 1, patience);
    QCOMPARE(figure(metrics, "hubbub_unsent_cut_total"), 0);
}

/// Who is away comes back when the system has repeated twice what was not answered.
void TestDrain::whoComesBackGetsEverything()
{
    std::vector<std::unique_ptr<Parting>> partings;
    partings.push_back(std::make_unique<Parting>("plain, does not read", patientServer(false)));
    partings.push_back(std::make_unique<Parting>("plain, changes its network", patientServer(false)));
    partings.push_back(std::make_unique<Parting>("TLS, does not read", patientServer(true)));
    partings.push_back(std::make_unique<Parting>("TLS, changes its network", patientServer(true)));
    for (size_t i = 0; i < partings.size(); ++i) {
        QVERIFY2(partings[i]->peer, partings[i]->name);
        if (i % 2 == 1)
            vanish(*partings[i]->peer);
        else
            partings[i]->peer->http.socket().setReadBufferSize(1);
        partings[i]->recorder.send(partings[i]->session, much);
        partings[i]->recorder.server->close();
    }
    const QDeadlineTimer pause(1s);
    for (size_t i = 1; i < partings.size(); i += 2) {
        QTRY_VERIFY_WITH_TIMEOUT(repetitions(*partings[i]->peer) >= 2, patience);
        comeBack(*partings[i]->peer);
    }
    QTRY_VERIFY_WITH_TIMEOUT(pause.hasExpired(), patience);
    for (const auto &parting : partings) {
        parting->peer->http.socket().setReadBufferSize(0);
        QVERIFY2(parting->peer->nextText() == '4' + much, parting->name);
        QVERIFY2(parting->peer->next().opcode == FramePeer::Close, parting->name);
        parting->peer->http.abort();
        QVERIFY2(QTest::qWaitFor([&] { return parting->closed.size() == 1; }, patience), parting->name);
        QVERIFY2(parting->recorder.server->counters().lostCut == 0, parting->name);
        QVERIFY2(parting->recorder.server->counters().unsentCut == 0, parting->name);
    }
}

/// Its system takes all that is sent, but it never ends the connection itself.
void TestDrain::whoDoesNotEndHasUntilTheDeadline()
{
    ServerOptions options = patientServer(false);
    options.closeTimeout = 4500ms; // longer than nothing may come from a peer that is lost
    ServerOptions secure = options;
    secure.tls = testCertificate();
    std::vector<std::unique_ptr<Parting>> partings;
    partings.push_back(std::make_unique<Parting>("plain", options));
    partings.push_back(std::make_unique<Parting>("TLS", secure));
    for (const auto &parting : partings) {
        QVERIFY2(parting->peer, parting->name);
        parting->peer->http.socket().setReadBufferSize(1);
    }
    const QDeadlineTimer deadline(options.closeTimeout);
    for (const auto &parting : partings)
        parting->recorder.server->close();
    for (const auto &parting : partings) {
        QVERIFY2(QTest::qWaitFor([&] { return parting->closed.size() == 1; }, patience), parting->name);
        QVERIFY2(deadline.hasExpired(), parting->name);
        QVERIFY2(parting->recorder.server->counters().lostCut == 0, parting->name);
        QVERIFY2(parting->recorder.server->counters().unsentCut == 0, parting->name);
        parting->peer->http.socket().setReadBufferSize(0);
        QVERIFY2(parting->peer->next().opcode == FramePeer::Close, parting->name);
    }
}

void TestDrain::whoDoesNotTakeEverythingIsCounted_data()
{
    QTest::addColumn<bool>("secure");
    QTest::newRow("plain") << false;
    QTest::newRow("TLS") << true;
}

void TestDrain::whoDoesNotTakeEverythingIsCounted()
{
    QFETCH(bool, secure);
    Parting parting("", hastyServer(secure));
    QVERIFY(parting.peer);
    parting.peer->http.socket().setReadBufferSize(1);
    parting.recorder.send(parting.session, much);
    parting.recorder.server->close();
    QTRY_COMPARE_WITH_TIMEOUT(parting.closed.size(), 1, patience);
    QCOMPARE(parting.recorder.server->counters().unsentCut, 1u);
    QCOMPARE(parting.recorder.server->counters().lostCut, 0u);
}

/// While the server goes on, by long-polling: nobody comes for the message.
void TestDrain::whoIsClosedAndTakesNothingIsCounted()
{
    EngineRecorder recorder(restlessServer());
    recorder.poller();
    const auto session = recorder.opened();
    recorder.send(session, "hello");
    recorder.server->closeSession(session);
    QCOMPARE(recorder.closed(session), QStringLiteral("forced close: close timed out"));
    QCOMPARE(recorder.server->counters().unsentCut, 1u);
}

void TestDrain::whoseGoodbyeAloneIsLeftIsNotCounted()
{
    EngineRecorder recorder(restlessServer());
    recorder.poller();
    const auto session = recorder.opened();
    recorder.server->closeSession(session);
    QCOMPARE(recorder.closed(session), QStringLiteral("forced close: close timed out"));
    QCOMPARE(recorder.server->counters().unsentCut, 0u);
}

QTEST_GUILESS_MAIN(TestDrain)
#include "tst_drain.moc"
