// SPDX-License-Identifier: MIT
// Hours of a network that drops for two seconds every ten, on a fast clock: real sockets, real SQLite, and
// all times divided by one number.
#include "libclient/outbox/outboxcourier.h"
#include "tests/chaos/chaoschat.h"
#include "tests/chaos/chaosform.h"
#include "tests/chaos/chaosproxy.h"
#include "tests/chaos/chatmember.h"
#include "tests/chaos/historyreader.h"
#include "tests/chaos/spin.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QRandomGenerator>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

#include <numeric>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using HubbubTest::ChaosChat;
using HubbubTest::ChaosProxy;
using HubbubTest::ChatMember;
using HubbubTest::Fault;
using HubbubTest::spinUntil;
using HubbubTest::Way;

namespace
{

constexpr int speed = 60; ///< a minute takes a second

std::chrono::milliseconds scaled(std::chrono::milliseconds time)
{
    return std::max(std::chrono::milliseconds(1), time / speed);
}

/// The defaults of both sides, faster.
SocketIo::ServerOptions serverOptions()
{
    SocketIo::ServerOptions options;
    options.engine.pingInterval = scaled(options.engine.pingInterval);
    options.engine.pingTimeout = scaled(options.engine.pingTimeout);
    options.connectTimeout = scaled(options.connectTimeout);
    return options;
}

SocketIo::ManagerOptions clientOptions()
{
    SocketIo::ManagerOptions options;
    options.reconnectionDelay = scaled(options.reconnectionDelay);
    options.reconnectionDelayMax = scaled(options.reconnectionDelayMax);
    options.timeout = scaled(options.timeout);
    options.watchReachability = false;
    return options;
}

Hubbub::OutboxOptions outboxOptions()
{
    Hubbub::OutboxOptions options;
    options.retryDelay = scaled(options.retryDelay);
    options.retryDelayMax = scaled(options.retryDelayMax);
    return options;
}

/// A network that is away for two seconds of every ten: by turns it is cut and refuses, or it falls silent
/// and is cut at the end. When in the ten seconds is drawn by lot.
class Drops : public QObject
{
public:
    Drops(ChaosProxy *network, int count, quint32 seed)
        : m_network(network)
        , m_left(count)
        , m_random(seed)
    {
        m_timer.setSingleShot(true);
        m_timer.setTimerType(Qt::PreciseTimer);
        connect(&m_timer, &QTimer::timeout, this, [this] { m_isAway ? comeBack() : goAway(); });
        plan();
    }
    bool isOver() const { return m_left == 0 && !m_isAway; }

private:
    static constexpr std::chrono::milliseconds period = 10s;
    static constexpr std::chrono::milliseconds drop = 2s;

    void plan()
    {
        const int slack = int(scaled(period - drop).count()) / 2;
        m_timer.start(scaled(period - drop) + std::chrono::milliseconds(m_random.bounded(slack) - slack / 2));
    }
    void goAway()
    {
        m_isAway = true;
        m_isSilent = m_left-- % 2 == 0;
        setSilent(m_isSilent);
        if (!m_isSilent) {
            m_network->setRefusing(true);
            m_network->endAll(Fault::Cut);
        }
        m_timer.start(scaled(drop));
    }
    void comeBack()
    {
        m_isAway = false;
        setSilent(false);
        m_network->setRefusing(false);
        if (m_isSilent)
            m_network->endAll(Fault::Cut);
        if (m_left > 0)
            plan();
    }
    void setSilent(bool silent)
    {
        for (const Way way : {Way::Up, Way::Down})
            m_network->setSilent(way, silent);
    }

    ChaosProxy *m_network;
    int m_left;
    bool m_isAway = false;
    bool m_isSilent = false;
    QRandomGenerator m_random;
    QTimer m_timer;
};

QString percent(qsizetype part, qsizetype whole)
{
    return u"%1 %"_s.arg(100.0 * double(part) / double(whole), 0, 'f', 2);
}

} // namespace

class tst_chaosdelivery : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"."_s)); }
    void deliversAllOverDrops();
};

void tst_chaosdelivery::deliversAllOverDrops()
{
    const int drops = HubbubTest::isLongForm() ? 720 : 30; // two hours, or five minutes
    ChaosChat chat(serverOptions());
    ChaosProxy speakersNetwork(chat.port());
    ChaosProxy listenersNetwork(chat.port());
    for (ChaosProxy *network : {&speakersNetwork, &listenersNetwork})
        network->setDelay(scaled(50ms));

    const QTemporaryDir folder;
    Hubbub::Outbox outbox(folder.filePath(u"outbox.sqlite"_s), outboxOptions());
    QVERIFY(outbox.open());
    SocketIo::Manager speakersManager(speakersNetwork.url(), clientOptions());
    ChatMember speaker(&speakersManager, chat.token(u"speaker"_s), u"lobby"_s);
    Hubbub::OutboxCourier courier(&outbox, speaker.socket(),
                                  {.ackTimeout = scaled(10s), .waitsForReady = true});
    connect(&speaker, &ChatMember::joined, &courier, [&] { courier.setReady(true); });
    SocketIo::Socket *plain = speakersManager.socket(u"/plain"_s);
    int reconnects = 0;
    connect(&speakersManager, &SocketIo::Manager::reconnected, this, [&] { ++reconnects; });

    SocketIo::Manager listenersManager(listenersNetwork.url(), clientOptions());
    ChatMember listener(&listenersManager, chat.token(u"listener"_s), u"lobby"_s);
    QSet<QString> heardLive;
    listener.socket()->on(u"new-message"_s, this, [&](const QCborMap &message) {
        heardLive.insert(message.value(u"content"_s).toString());
    });
    QSignalSpy joined(&listener, &ChatMember::joined);
    QVERIFY(spinUntil([&] { return !joined.isEmpty() && plain->isConnected(); }, 20s));

    // One message a second, as this clock goes.
    int count = 0;
    QTimer talking;
    talking.setTimerType(Qt::PreciseTimer);
    connect(&talking, &QTimer::timeout, this, [&] {
        outbox.enqueue(u"lobby"_s, u"send-message"_s,
                       {{u"roomId"_s, u"lobby"_s}, {u"message"_s, QString::number(count)}});
        std::ignore = plain->emitEvent(u"n"_s, count);
        ++count;
    });
    QElapsedTimer took;
    took.start();
    const Drops speakersDrops(&speakersNetwork, drops, 1);
    const Drops listenersDrops(&listenersNetwork, drops, 2);
    talking.start(scaled(1s));
    QVERIFY(spinUntil([&] { return speakersDrops.isOver(); }, 10min));
    talking.stop();
    const qint64 ms = took.elapsed();

    QVERIFY(spinUntil([&] { return outbox.count() == 0; }, 2min));
    QVERIFY(spinUntil([&] { return plain->isConnected() && plain->bufferedCount() == 0; }, 1min));
    const auto kept = HubbubTest::numbersInHistory(chat.history(), u"lobby"_s);
    QVERIFY(kept);
    QList<int> expected(count);
    std::iota(expected.begin(), expected.end(), 0);
    QCOMPARE(*kept, expected); // all, once, in order
    qInfo("%d messages in %.1f s at %d times the speed, %d drops, %d reconnects", count, double(ms) / 1'000,
          speed, drops, reconnects);
    qInfo("through the outbox: %s, once, in order", qPrintable(percent(kept->size(), count)));
    qInfo("plain buffered emits: %s",
          qPrintable(percent(QSet<int>(chat.plain.begin(), chat.plain.end()).size(), count)));
    qInfo("heard as it was said by a client with the same drops: %s",
          qPrintable(percent(heardLive.size(), count)));
}

QTEST_GUILESS_MAIN(tst_chaosdelivery)
#include "tst_chaosdelivery.moc"
