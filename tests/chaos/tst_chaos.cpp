// SPDX-License-Identifier: MIT
// Our client on a bad network, real sockets all the way: whatever is cut where, either all is delivered or
// the client is in a named state with an error.
#include "server-lite/core/namespace.h"
#include "server-lite/core/server.h"
#include "server-lite/core/serversocket.h"
#include "tests/chaos/chaosclient.h"
#include "tests/chaos/chaosform.h"
#include "tests/chaos/spin.h"

#include <QtCore/QRandomGenerator>
#include <QtTest/QTest>

#include <algorithm>
#include <deque>
#include <map>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using HubbubTest::ChaosClient;
using HubbubTest::ChaosProxy;
using HubbubTest::Fault;
using HubbubTest::Persistence;
using HubbubTest::spinUntil;
using HubbubTest::Way;

namespace
{

const QStringList webSocket{u"websocket"_s};
const QStringList polling{u"polling"_s};
const QStringList upgrade{u"polling"_s, u"websocket"_s};

const QCborValue text(u"0123456789 €🦉 0123456789"_s);
const QCborValue attachment(QByteArray(150, '\xa5'));

} // namespace

class tst_chaos : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { QTest::failOnWarning(QRegularExpression(u"."_s)); }
    void cleanup() { m_stored.clear(); }

    void endedAtEveryByte_data();
    void endedAtEveryByte();
    void badNetworks_data();
    void badNetworks();
    void manyMessages_data();
    void manyMessages();
    void destroyedAtAnyTime_data();
    void destroyedAtAnyTime();

private:
    std::unique_ptr<ChaosClient> client(const QCborValue &thing, const QStringList &transports,
                                        Persistence persistence);

    std::unique_ptr<SocketIo::Server> m_server;
    QHash<int, QList<QCborValue>> m_stored; ///< by number, each time it came
    int m_numbers = 0;
};

void tst_chaos::initTestCase()
{
    SocketIo::ServerOptions options;
    options.engine.pingInterval = 200ms;
    options.engine.pingTimeout = 200ms;
    options.engine.upgradeTimeout = 600ms;
    options.engine.closeTimeout = 600ms;
    m_server = std::make_unique<SocketIo::Server>(options);
    connect(
        m_server->sockets(), &SocketIo::Namespace::connection, this, [this](SocketIo::ServerSocket *peer) {
            peer->on(u"store"_s, this, [this](int number, const QCborValue &thing, const SocketIo::Ack &ack) {
                m_stored[number].append(thing);
                ack({thing});
            });
        });
    QVERIFY(m_server->listen(QHostAddress::LocalHost));
}

std::unique_ptr<ChaosClient> tst_chaos::client(const QCborValue &thing, const QStringList &transports,
                                               Persistence persistence)
{
    return std::make_unique<ChaosClient>(m_server->port(), ++m_numbers, thing, transports, persistence);
}

void tst_chaos::endedAtEveryByte_data()
{
    QTest::addColumn<QStringList>("transports");
    QTest::addColumn<QCborValue>("thing");
    QTest::addColumn<Way>("way");
    QTest::addColumn<bool>("isHandshake"); ///< else what follows it
    QTest::addColumn<int>("stride"); ///< of the short form
    for (const Way way : {Way::Up, Way::Down}) {
        const char *name = way == Way::Up ? "up" : "down";
        QTest::addRow("handshake %s", name) << webSocket << text << way << true << 3;
        QTest::addRow("frame %s", name) << webSocket << text << way << false << 1;
        QTest::addRow("attachment %s", name) << webSocket << attachment << way << false << 3;
        QTest::addRow("upgrade %s", name) << upgrade << attachment << way << true << 29;
    }
}

void tst_chaos::endedAtEveryByte()
{
    QFETCH(QStringList, transports);
    QFETCH(QCborValue, thing);
    QFETCH(Way, way);
    QFETCH(bool, isHandshake);
    QFETCH(int, stride);
    const bool isUpgrade = transports.size() > 1;
    const bool everything = HubbubTest::isLongForm();

    // Once undisturbed, to see what there is to cut.
    const auto undisturbed = client(thing, transports, Persistence::GivesUp);
    const auto isWhole = [&] {
        return undisturbed->isAnswered() && (!isUpgrade || undisturbed->isUpgraded());
    };
    QVERIFY2(spinUntil(isWhole, 20s), qPrintable(undisturbed->verdict()));
    const qint64 all = undisturbed->proxy().carried(way);
    const qint64 first = isHandshake ? 0 : undisturbed->whenConnected(way);
    const qint64 last = isHandshake && !isUpgrade ? undisturbed->whenConnected(way) : all;
    QVERIFY2(last > first + 4, qPrintable(u"%1 to %2"_s.arg(first).arg(last)));

    struct Plan {
        qint64 at;
        Fault fault;
        Persistence persistence;
    };
    std::deque<Plan> plans;
    constexpr std::array faults{Fault::Cut, Fault::Silence, Fault::Close};
    constexpr std::array persistences{Persistence::Reconnects, Persistence::GivesUp};
    int turn = 0;
    for (qint64 at = first; at <= last; at += everything ? 1 : stride) {
        // Long: all six at each place, but of the long upgrade one after the other.
        const int combinations = everything && !isUpgrade ? 6 : 1;
        for (int i = 0; i < combinations; ++i, ++turn)
            plans.push_back({at, faults[std::size_t(turn % 3)], persistences[std::size_t(turn / 3 % 2)]});
    }

    // Many at a time, since those that fall silent take a while to notice.
    const std::size_t atATime = isUpgrade ? 12 : 48;
    const qsizetype planned = qsizetype(plans.size());
    std::map<std::unique_ptr<ChaosClient>, Plan> running;
    int ended = 0;
    int delivered = 0;
    while (!plans.empty() || !running.empty()) {
        while (!plans.empty() && running.size() < atATime) {
            const Plan plan = plans.front();
            plans.pop_front();
            auto made = client(thing, transports, plan.persistence);
            made->proxy().endAt(way, plan.at, plan.fault);
            running.emplace(std::move(made), plan);
        }
        const auto anyDone = [&] {
            return std::any_of(running.begin(), running.end(),
                               [](const auto &run) { return run.first->isDone(); });
        };
        if (!spinUntil(anyDone, 30s)) {
            const auto &[stuck, plan] = *running.begin();
            QFAIL(qPrintable(u"at byte %1 with fault %2, persistence %3: %4"_s.arg(plan.at)
                                 .arg(int(plan.fault))
                                 .arg(int(plan.persistence))
                                 .arg(stuck->verdict())));
        }
        for (auto it = running.begin(); it != running.end();) {
            if (!it->first->isDone()) {
                ++it;
                continue;
            }
            const ChaosClient &done = *it->first;
            ended += it->first->proxy().hasEnded() ? 1 : 0;
            delivered += done.isAnswered() ? 1 : 0;
            if (it->second.persistence == Persistence::Reconnects)
                QVERIFY2(done.isAnswered(), qPrintable(done.verdict()));
            if (done.isAnswered())
                QVERIFY(m_stored.contains(done.number()));
            const QList<QCborValue> stored = m_stored.value(done.number());
            for (const QCborValue &one : stored)
                QCOMPARE(one, thing); // never half of it
            it = running.erase(it);
        }
    }
    qInfo("%lld clients, %d ended by the network at bytes %lld to %lld, %d delivered, the others told",
          qlonglong(planned), ended, first, last, delivered);
    QVERIFY(ended > 0);
}

void tst_chaos::badNetworks_data()
{
    QTest::addColumn<QString>("network");
    QTest::addColumn<QStringList>("transports");
    for (const char *network :
         {"delay", "trickle", "cut", "close", "silent up", "silent down", "silent", "refusing"}) {
        QTest::addRow("%s, websocket", network) << QString::fromLatin1(network) << webSocket;
        QTest::addRow("%s, polling", network) << QString::fromLatin1(network) << polling;
        QTest::addRow("%s, upgrade", network) << QString::fromLatin1(network) << upgrade;
    }
}

/// Faults of a network that gets well again: the client comes back, and all it was given arrives in order.
void tst_chaos::badNetworks()
{
    QFETCH(QString, network);
    QFETCH(QStringList, transports);
    ChaosProxy proxy(m_server->port());
    SocketIo::ManagerOptions options;
    options.transports = transports;
    options.tryAllTransports = false; // the way in is the row's
    options.reconnectionDelay = 5ms;
    options.reconnectionDelayMax = 50ms;
    options.timeout = options.requestTimeout = 1s;
    SocketIo::Manager manager(proxy.url(), options);
    SocketIo::Socket *socket = manager.socket(u"/"_s, {.retries = 1'000, .ackTimeout = 1s});
    QList<int> answered;
    const auto emitSome = [&] {
        for (int i = 0; i < 10; ++i) {
            const int number = ++m_numbers;
            socket->emitWithAck(u"store"_s, {number, text})
                .then(this, [&answered, number](const Hubbub::Result<SocketIo::Arguments> &answer) {
                    answered.append(answer ? number : -1);
                });
        }
    };
    if (network == "delay"_L1)
        proxy.setDelay(10ms);
    if (network == "trickle"_L1)
        proxy.setTrickle(64, 1ms);
    emitSome();
    QVERIFY(spinUntil([&] { return answered.size() == 10; }, 20s));
    const int links = proxy.links();
    const bool isSilent = network.startsWith("silent"_L1);
    if (network == "cut"_L1)
        proxy.endAll(Fault::Cut);
    if (network == "close"_L1)
        proxy.endAll(Fault::Close);
    if (network == "refusing"_L1) {
        proxy.setRefusing(true);
        proxy.endAll(Fault::Cut);
    }
    if (isSilent && network != "silent down"_L1)
        proxy.setSilent(Way::Up, true);
    if (isSilent && network != "silent up"_L1)
        proxy.setSilent(Way::Down, true);
    emitSome();
    if (isSilent)
        QVERIFY(spinUntil([&] { return !socket->isConnected(); }, 20s)); // the heartbeat has noticed
    if (network == "refusing"_L1)
        QVERIFY(spinUntil([&] { return proxy.links() > links + 2; }, 20s));
    if (isSilent || network == "refusing"_L1) {
        QVERIFY(!socket->isConnected());
        QVERIFY(!socket->lastError().code.isEmpty());
        QCOMPARE(answered.size(), 10);
    }
    for (const Way way : {Way::Up, Way::Down})
        proxy.setSilent(way, false);
    proxy.setRefusing(false);
    QVERIFY(spinUntil([&] { return answered.size() == 20; }, 20s));
    QVERIFY(std::is_sorted(answered.begin(), answered.end()));
    QVERIFY(!answered.contains(-1));
}

void tst_chaos::manyMessages_data()
{
    QTest::addColumn<QStringList>("transports");
    QTest::newRow("websocket") << webSocket;
    QTest::newRow("upgrade") << upgrade;
}

/// Cut at random again and again while one message follows the other, text and binary by turns.
void tst_chaos::manyMessages()
{
    QFETCH(QStringList, transports);
    ChaosProxy proxy(m_server->port());
    SocketIo::ManagerOptions options;
    options.transports = transports;
    options.tryAllTransports = false; // the way in is the row's
    options.reconnectionDelay = 2ms;
    options.reconnectionDelayMax = 20ms;
    options.timeout = options.requestTimeout = 1s;
    SocketIo::Manager manager(proxy.url(), options);
    SocketIo::Socket *socket = manager.socket(u"/"_s, {.retries = 10'000, .ackTimeout = 1s});
    const int count = HubbubTest::isLongForm() ? 3'000 : 150;
    const int base = m_numbers;
    int answered = 0;
    for (int i = 0; i < count; ++i) {
        socket->emitWithAck(u"store"_s, {++m_numbers, i % 2 == 0 ? text : attachment})
            .then(this,
                  [&](const Hubbub::Result<SocketIo::Arguments> &answer) { answered += answer ? 1 : 0; });
    }
    QRandomGenerator random(7);
    int cuts = 0;
    while (answered < count) {
        const int before = answered;
        const Way way = random.bounded(2) == 0 ? Way::Up : Way::Down;
        // Room for one handshake, so that every connection gets something done.
        proxy.endAt(way, proxy.carried(way) + 2'500 + qint64(random.bounded(2'000)), Fault::Cut);
        QVERIFY2(spinUntil([&] { return proxy.hasEnded() || answered == count; }, 30s),
                 qPrintable(u"%1 of %2, %3 before"_s.arg(answered).arg(count).arg(before)));
        ++cuts;
    }
    QVERIFY(cuts > 3);
    for (int i = 0; i < count; ++i)
        QVERIFY(m_stored.contains(base + 1 + i));
    qInfo("%d messages over %d cuts", count, cuts);
}

void tst_chaos::destroyedAtAnyTime_data()
{
    QTest::addColumn<QStringList>("transports");
    QTest::newRow("websocket") << webSocket;
    QTest::newRow("polling") << polling;
    QTest::newRow("upgrade") << upgrade;
}

/// Clients go away in the middle of everything, each network as it happens to be: nothing crashes, nobody
/// waits.
void tst_chaos::destroyedAtAnyTime()
{
    QFETCH(QStringList, transports);
    QRandomGenerator random(11);
    const int count = HubbubTest::isLongForm() ? 1'000 : 60;
    for (int i = 0; i < count; ++i) {
        auto doomed = client(i % 2 == 0 ? text : attachment, transports, Persistence::Reconnects);
        const Way way = random.bounded(2) == 0 ? Way::Up : Way::Down;
        const qint64 at = random.bounded(1'500);
        doomed->proxy().endAt(way, at, Fault(random.bounded(3)));
        const qint64 end = random.bounded(3'000);
        QVERIFY(spinUntil(
            [&] {
                return doomed->proxy().hasEnded() || doomed->isAnswered()
                       || doomed->proxy().carried(Way::Up) + doomed->proxy().carried(Way::Down) >= end;
            },
            20s));
        for (int turns = int(random.bounded(6)); turns > 0; --turns)
            QCoreApplication::processEvents();
        doomed.reset();
    }
}

QTEST_GUILESS_MAIN(tst_chaos)
#include "tst_chaos.moc"
