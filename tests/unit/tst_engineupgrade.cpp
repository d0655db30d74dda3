// SPDX-License-Identifier: MIT
#include "tests/support/enginerecorder.h"

#include <QtCore/QRegularExpression>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using EngineIo::SendMode;
using EngineIo::ServerOptions;
using EngineIo::SessionHandle;

/// From long-polling to WebSocket: how it goes, and how it fails without harm.
class TestEngineUpgrade : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void upgradeKeepsOrder();
    void failedUpgradeLeavesPolling_data();
    void failedUpgradeLeavesPolling();
    void upgradeTimesOut();
    void secondUpgradeIsClosed();
    void upgradesCanBeOff();
    void upgradeWithoutAProbe();
    void waitingPollEndsWhenUpgrading();
};

void TestEngineUpgrade::upgradeKeepsOrder()
{
    ServerOptions options;
    options.workers = 2;
    EngineRecorder recorder(options);
    const QByteArray poller = recorder.poller();
    const SessionHandle session = recorder.opened();
    recorder.send(session, "1");
    recorder.send(session, "2");
    QCOMPARE(HttpPeer(recorder.port()).get(poller).body, "41\x1e"
                                                         "42");
    FramePeer peer(recorder.port());
    QCOMPARE(peer.upgrade(EngineRecorder::webSocketFor(poller)), 101);
    recorder.send(session, "3"); // no poll waits: kept for the WebSocket
    peer.text("2probe");
    QCOMPARE(peer.nextText(), "3probe");
    QCOMPARE(HttpPeer(recorder.port()).post(poller, "4from polling").body, "ok");
    peer.text("5");
    peer.text("4from WebSocket");
    QCOMPARE(peer.nextText(), "43");
    recorder.send(session, "4");
    QCOMPARE(peer.nextText(), "44");
    QVERIFY(recorder.waitForLog(4));
    QCOMPARE(recorder.logs.value(session), (QByteArrayList{"opened polling", "text from polling",
                                                           "upgraded websocket", "text from WebSocket"}));
    peer.http.abort();
    QCOMPARE(recorder.closed(session), u"transport close"_s);
}

void TestEngineUpgrade::failedUpgradeLeavesPolling_data()
{
    QTest::addColumn<QByteArray>("says");
    QTest::newRow("message before the probe") << FramePeer::frame(0x81, "4hello");
    QTest::newRow("another ping") << FramePeer::frame(0x81, "2prob");
    QTest::newRow("garbage") << FramePeer::frame(0x81, "abc");
    QTest::newRow("binary") << FramePeer::frame(0x82, "abc");
    QTest::newRow("close") << FramePeer::frame(0x88, "");
    QTest::newRow("reserved bits") << FramePeer::frame(0xf1, "2probe");
    QTest::newRow("probe, then a message")
        << FramePeer::frame(0x81, "2probe") + FramePeer::frame(0x81, "4hello");
}

void TestEngineUpgrade::failedUpgradeLeavesPolling()
{
    QFETCH(QByteArray, says);
    EngineRecorder recorder;
    recorder.echoes = true;
    const QByteArray poller = recorder.poller();
    FramePeer peer(recorder.port());
    QCOMPARE(peer.upgrade(EngineRecorder::webSocketFor(poller)), 101);
    peer.http.send(says);
    QVERIFY(peer.http.waitForClose());
    QCOMPARE(HttpPeer(recorder.port()).post(poller, "4still here").body, "ok");
    QCOMPARE(HttpPeer(recorder.port()).get(poller).body, "4still here");
    QCOMPARE(recorder.log, (QByteArrayList{"opened polling", "text still here"}));

    FramePeer again(recorder.port());
    QCOMPARE(again.upgrade(EngineRecorder::webSocketFor(poller)), 101);
    again.text("2probe");
    QCOMPARE(again.nextText(), "3probe");
}

void TestEngineUpgrade::upgradeTimesOut()
{
    ServerOptions options;
    options.upgradeTimeout = 50ms;
    EngineRecorder recorder(options);
    recorder.echoes = true;
    const QByteArray poller = recorder.poller();
    FramePeer peer(recorder.port());
    QCOMPARE(peer.upgrade(EngineRecorder::webSocketFor(poller)), 101);
    QVERIFY(peer.waitForClose());
    QCOMPARE(HttpPeer(recorder.port()).post(poller, "4still here").body, "ok");
    QCOMPARE(HttpPeer(recorder.port()).get(poller).body, "4still here");
}

void TestEngineUpgrade::secondUpgradeIsClosed()
{
    EngineRecorder recorder;
    const QByteArray poller = recorder.poller();
    FramePeer one(recorder.port());
    QCOMPARE(one.upgrade(EngineRecorder::webSocketFor(poller)), 101);
    FramePeer two(recorder.port());
    QCOMPARE(two.upgrade(EngineRecorder::webSocketFor(poller)), 101);
    QVERIFY(two.waitForClose());
    one.text("2probe");
    QCOMPARE(one.nextText(), "3probe");
}

void TestEngineUpgrade::upgradesCanBeOff()
{
    ServerOptions options;
    options.allowUpgrades = false;
    EngineRecorder recorder(options);
    const auto reply = HttpPeer(recorder.port()).get(EngineRecorder::polling);
    QVERIFY(reply.body.contains("\"upgrades\":[]"));
    FramePeer peer(recorder.port());
    QCOMPARE(peer.upgrade(EngineRecorder::webSocketFor(recorder.poller())), 101);
    QVERIFY(peer.waitForClose());
}

void TestEngineUpgrade::upgradeWithoutAProbe()
{
    EngineRecorder recorder;
    recorder.echoes = true;
    FramePeer peer(recorder.port());
    QCOMPARE(peer.upgrade(EngineRecorder::webSocketFor(recorder.poller())), 101);
    peer.text("5"); // taken, as in the reference
    peer.text("4hello");
    QCOMPARE(peer.nextText(), "4hello");
}

void TestEngineUpgrade::waitingPollEndsWhenUpgrading()
{
    EngineRecorder recorder;
    const QByteArray poller = recorder.poller();
    HttpPeer poll(recorder.port());
    poll.request("GET", poller);
    QCOMPARE(HttpPeer(recorder.port()).post(poller, "3").body, "ok");
    FramePeer peer(recorder.port());
    QCOMPARE(peer.upgrade(EngineRecorder::webSocketFor(poller)), 101);
    peer.text("2probe");
    const auto last = poll.reply();
    QVERIFY(last);
    QCOMPARE(last->body, "6");
    poll.request("GET", poller); // the client was slow to pause: it hears of the end
    QCOMPARE(HttpPeer(recorder.port()).post(poller, "3").body, "ok");
    peer.text("5");
    const auto discarded = poll.reply();
    QVERIFY(discarded);
    QVERIFY(discarded->body == "1" || discarded->body == "6");
}

QTEST_GUILESS_MAIN(TestEngineUpgrade)
#include "tst_engineupgrade.moc"
