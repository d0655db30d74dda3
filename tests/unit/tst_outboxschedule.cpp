// SPDX-License-Identifier: MIT
#include "libclient/outbox/outboxid.h"
#include "libclient/outbox/outboxschedule.h"

#include <QtCore/QSet>
#include <QtTest/QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Hubbub::Error;
using Hubbub::OutboxEntry;
using Hubbub::OutboxSchedule;
using Hubbub::OutboxState;

namespace
{

const Error noAnswer{u"no-answer"_s, u"No answer."_s, {}};
const SocketIo::Backoff::Options pauses{.delay = 1s, .delayMax = 4s, .randomizationFactor = 0};
constexpr OutboxSchedule::Time start{};

OutboxEntry entry(const QString &id, const QString &queue)
{
    OutboxEntry made;
    made.id = id;
    made.queue = queue;
    return made;
}

QString started(OutboxSchedule &schedule, OutboxSchedule::Time now)
{
    const std::optional<OutboxEntry> next = schedule.startNext(now);
    return next ? next->id : u"none"_s;
}

} // namespace

class tst_outboxschedule : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void oneAtATimePerQueue();
    void pausesGrowAndEndWithAnAnswer();
    void deadLetterAfterTheLastTry();
    void aNewConnectionStartsAfresh();
    void deadLettersArePassedOver();
    void unknownIdsChangeNothing();
    void idsAreUniqueAndInOrder();
};

void tst_outboxschedule::oneAtATimePerQueue()
{
    OutboxSchedule schedule(3, pauses);
    for (const QString &id : {u"a1"_s, u"a2"_s})
        schedule.add(entry(id, u"a"_s));
    schedule.add(entry(u"b1"_s, u"b"_s));
    QCOMPARE(started(schedule, start), u"a1"_s);
    QCOMPARE(started(schedule, start), u"b1"_s);
    QCOMPARE(started(schedule, start), u"none"_s);
    QVERIFY(schedule.remove(u"a1"_s));
    QCOMPARE(started(schedule, start), u"a2"_s);
    QCOMPARE(schedule.count(), 2);
}

void tst_outboxschedule::pausesGrowAndEndWithAnAnswer()
{
    OutboxSchedule schedule(10, pauses);
    schedule.add(entry(u"1"_s, u"a"_s));
    schedule.add(entry(u"2"_s, u"a"_s));
    OutboxSchedule::Time now = start;
    for (const std::chrono::seconds pause : {1s, 2s, 4s, 4s}) {
        QCOMPARE(started(schedule, now), u"1"_s);
        QVERIFY(schedule.pause(u"1"_s, noAnswer, now));
        QVERIFY(schedule.nextDue() == now + pause);
        QCOMPARE(started(schedule, now + pause - 1ms), u"none"_s);
        now += pause;
    }
    QCOMPARE(started(schedule, now), u"1"_s);
    QVERIFY(schedule.remove(u"1"_s)); // answered
    QCOMPARE(started(schedule, now), u"2"_s);
    QVERIFY(schedule.pause(u"2"_s, noAnswer, now));
    QVERIFY(schedule.nextDue() == now + 1s);
}

void tst_outboxschedule::deadLetterAfterTheLastTry()
{
    OutboxSchedule schedule(3, pauses);
    schedule.add(entry(u"1"_s, u"a"_s));
    OutboxSchedule::Time now = start;
    for (int i = 0; i < 2; ++i, now += 1h) {
        QCOMPARE(started(schedule, now), u"1"_s);
        QCOMPARE(schedule.pause(u"1"_s, noAnswer, now)->state, OutboxState::Queued);
    }
    QCOMPARE(started(schedule, now), u"1"_s);
    const std::optional<OutboxEntry> dead = schedule.pause(u"1"_s, noAnswer, now);
    QCOMPARE(dead->state, OutboxState::Failed);
    QCOMPARE(dead->tries, 3);
    QCOMPARE(dead->error, noAnswer);
    QCOMPARE(started(schedule, now + 1h), u"none"_s);
    QVERIFY(!schedule.nextDue());
}

void tst_outboxschedule::aNewConnectionStartsAfresh()
{
    OutboxSchedule schedule(2, pauses);
    schedule.add(entry(u"1"_s, u"a"_s));
    for (int i = 0; i < 10; ++i) { // a link that drops again and again loses nothing
        QCOMPARE(started(schedule, start), u"1"_s);
        if (i % 2 == 0)
            QVERIFY(schedule.pause(u"1"_s, noAnswer, start));
        else
            QCOMPARE(schedule.recall().size(), 1);
        schedule.startAfresh();
    }
    QCOMPARE(schedule.entries().at(0).tries, 0);
}

void tst_outboxschedule::deadLettersArePassedOver()
{
    OutboxSchedule schedule(3, pauses);
    for (const QString &id : {u"1"_s, u"2"_s, u"3"_s})
        schedule.add(entry(id, u"a"_s));
    QCOMPARE(started(schedule, start), u"1"_s);
    QVERIFY(schedule.fail(u"1"_s, noAnswer));
    QVERIFY(!schedule.fail(u"1"_s, noAnswer));
    QCOMPARE(started(schedule, start), u"2"_s);
    QVERIFY(schedule.retry(u"1"_s));
    QVERIFY(!schedule.retry(u"1"_s));
    QVERIFY(schedule.remove(u"2"_s));
    QCOMPARE(started(schedule, start), u"1"_s); // its old place, before 3
}

void tst_outboxschedule::unknownIdsChangeNothing()
{
    OutboxSchedule schedule(3, pauses);
    schedule.add(entry(u"1"_s, u"a"_s));
    QVERIFY(!schedule.fail(u"x"_s, noAnswer));
    QVERIFY(!schedule.pause(u"x"_s, noAnswer, start));
    QVERIFY(!schedule.pause(u"1"_s, noAnswer, start)); // not on its way
    QVERIFY(!schedule.retry(u"x"_s));
    QVERIFY(!schedule.remove(u"x"_s));
    QCOMPARE(schedule.count(), 1);
}

void tst_outboxschedule::idsAreUniqueAndInOrder()
{
    QSet<QString> ids;
    QString lastStamp;
    for (int i = 0; i < 10'000; ++i) {
        const QString id = Hubbub::makeOutboxId();
        QCOMPARE(id.size(), 36);
        QCOMPARE(id.at(14), u'7');
        QVERIFY(id.first(13) >= lastStamp);
        lastStamp = id.first(13);
        ids.insert(id);
    }
    QCOMPARE(ids.size(), 10'000);
}

QTEST_GUILESS_MAIN(tst_outboxschedule)
#include "tst_outboxschedule.moc"
