// SPDX-License-Identifier: MIT
#include "tests/support/enginerecorder.h"

#include <QtCore/QRegularExpression>

using namespace Qt::StringLiterals;
using EngineIo::ServerOptions;
using EngineIo::SessionHandle;

/// What is sent to many sessions, or many messages sent as one.
class TestEngineGroups : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void membersAreInTheOrderOfTheirPlaces();
    void oneSendForMany();
    void aLargeGroupKeepsTheOrder();
    void whatWaitsForMoreKeepsTheOrder();
    void messagesOfOneSendStayTogether();
};

/// In any other order, going through thousands of them misses the cache twice as often.
void TestEngineGroups::membersAreInTheOrderOfTheirPlaces()
{
    constexpr SessionHandle second = SessionHandle(1) << 56;
    const std::vector<SessionHandle> sessions{7, second | 3, 5, 6, second | 1, 5};
    const EngineIo::SessionGroup group(sessions);
    QCOMPARE(group.workers(), std::size_t(2));
    QCOMPARE(group.of(0), (std::vector<SessionHandle>{5, 5, 6, 7}));
    QCOMPARE(group.of(1), (std::vector<SessionHandle>{second | 1, second | 3}));
}

void TestEngineGroups::oneSendForMany()
{
    ServerOptions options;
    options.workers = 2;
    EngineRecorder recorder(options);
    std::vector<std::unique_ptr<FramePeer>> peers;
    std::vector<SessionHandle> sessions;
    for (int i = 0; i < 5; ++i) {
        peers.push_back(recorder.webSocketPeer());
        QVERIFY(peers.back());
        sessions.push_back(recorder.opened());
    }
    const QByteArray poller = recorder.poller();
    sessions.push_back(recorder.opened());
    sessions.push_back(12345); // nobody
    sessions.push_back(~SessionHandle(0)); // on a worker that does not exist
    const QByteArray large(100'000, 'x');
    const auto frames =
        EngineIo::SharedFrames::fromMessages({{large, false}, {"\x01\x02"_ba, true}, {"é"_ba, false}});
    recorder.server->send(sessions, frames);
    for (const auto &peer : peers) {
        QCOMPARE(peer->nextText(), "4" + large);
        const auto binary = peer->next();
        QCOMPARE(binary.opcode, int(FramePeer::Binary));
        QCOMPARE(binary.payload, "\x01\x02"_ba);
        QCOMPARE(peer->nextText(), "4é");
    }
    QCOMPARE(HttpPeer(recorder.port()).get(poller).body, "4" + large + "\x1e" + "bAQI=\x1e" + "4é");
}

/// A group so large that it is flushed in parts. It names every session ten times, to be so with few sockets.
void TestEngineGroups::aLargeGroupKeepsTheOrder()
{
    constexpr int people = 60;
    constexpr int times = 10;
    EngineRecorder recorder;
    std::vector<std::unique_ptr<FramePeer>> peers;
    std::vector<SessionHandle> sessions;
    for (int i = 0; i < people; ++i) {
        peers.push_back(recorder.webSocketPeer());
        QVERIFY(peers.back());
        sessions.push_back(recorder.opened());
    }
    std::vector<SessionHandle> group;
    for (int i = 0; i < times; ++i)
        group.insert(group.end(), sessions.begin(), sessions.end());
    const auto say = [](const QByteArray &text) {
        return EngineIo::SharedFrames::fromMessages({{text, false}});
    };
    peers.front()->http.abort(); // and the server may not know yet
    for (const SessionHandle session : sessions)
        recorder.server->send(session, say("before"));
    recorder.server->send(group, say("to all"));
    for (const SessionHandle session : sessions)
        recorder.server->send(session, say("after"));
    for (std::size_t i = 1; i < peers.size(); ++i) {
        QCOMPARE(peers[i]->nextText(), "4before");
        for (int n = 0; n < times; ++n)
            QCOMPARE(peers[i]->nextText(), "4to all");
        QCOMPARE(peers[i]->nextText(), "4after");
    }
}

/// Messages to one large group may wait for more of the same, turn by turn; others must not overtake them.
void TestEngineGroups::whatWaitsForMoreKeepsTheOrder()
{
    constexpr int people = 6;
    constexpr int rounds = 30;
    EngineRecorder recorder;
    std::vector<std::unique_ptr<FramePeer>> peers;
    std::vector<SessionHandle> sessions;
    for (int i = 0; i < people; ++i) {
        peers.push_back(recorder.webSocketPeer());
        QVERIFY(peers.back());
        sessions.push_back(recorder.opened());
    }
    // The first and the last one once, the others so often that the group is a large one.
    std::vector<SessionHandle> all = sessions;
    for (int i = 0; i < 200; ++i)
        all.insert(all.end(), sessions.begin() + 1, sessions.end() - 1);
    const auto group = std::make_shared<const EngineIo::SessionGroup>(all);
    const auto say = [](const QByteArray &text, int number) {
        return EngineIo::SharedFrames::fromMessages({{text + QByteArray::number(number), false}});
    };
    const SessionHandle first = sessions.front();
    for (int i = 0; i < rounds; ++i) {
        recorder.server->send(group, say("all", i));
        if (i % 3 == 0)
            QCoreApplication::processEvents();
        if (i % 4 == 0)
            recorder.server->send(first, say("one", i));
        if (i % 5 == 0)
            recorder.server->send(group, say("others", i), EngineIo::SendMode::Reliable, first);
    }
    recorder.server->closeSession(first);
    for (int i = 0; i < rounds; ++i) {
        QCOMPARE(peers.front()->nextText(), "4all" + QByteArray::number(i));
        QCOMPARE(peers.back()->nextText(), "4all" + QByteArray::number(i));
        if (i % 4 == 0)
            QCOMPARE(peers.front()->nextText(), "4one" + QByteArray::number(i));
        if (i % 5 == 0)
            QCOMPARE(peers.back()->nextText(), "4others" + QByteArray::number(i));
    }
    QCOMPARE(peers.front()->next().opcode, int(FramePeer::Close));
}

void TestEngineGroups::messagesOfOneSendStayTogether()
{
    EngineRecorder recorder;
    const auto peer = recorder.webSocketPeer();
    const SessionHandle session = recorder.opened();
    for (int i = 0; i < 50; ++i) {
        const QByteArray number = QByteArray::number(i);
        recorder.server->send(
            session, EngineIo::SharedFrames::fromMessages({{"head" + number, false}, {number, true}}));
    }
    for (int i = 0; i < 50; ++i) {
        QCOMPARE(peer->nextText(), "4head" + QByteArray::number(i));
        QCOMPARE(peer->nextText(), QByteArray::number(i));
    }
}

QTEST_GUILESS_MAIN(TestEngineGroups)
#include "tst_enginegroups.moc"
