// SPDX-License-Identifier: MIT
#include "libclient/client/backoff.h"

#include <QtTest/QTest>

#include <limits>

using namespace std::chrono_literals;
using SocketIo::Backoff;

class tst_backoff : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void doublesUpToTheCap();
    void spread_data();
    void spread();
    void neverZeroNeverAboveTheCap_data();
    void neverZeroNeverAboveTheCap();
    void startsAgain();
    void oddOptions_data();
    void oddOptions();
};

void tst_backoff::doublesUpToTheCap()
{
    Backoff backoff({.delay = 1'000ms, .delayMax = 30'000ms, .randomizationFactor = 0});
    for (const auto expected : {1'000ms, 2'000ms, 4'000ms, 8'000ms, 16'000ms, 30'000ms, 30'000ms})
        QCOMPARE(backoff.next().count(), expected.count());
    QCOMPARE(backoff.attempts(), 7);
}

void tst_backoff::spread_data()
{
    QTest::addColumn<double>("random");
    QTest::addColumn<int>("expected"); ///< of 1000 ms with factor 0.5, by the reference formula
    QTest::newRow("0 is even: earlier by nothing") << 0.0 << 1'000;
    QTest::newRow("0.19 is odd: later") << 0.19 << 1'095;
    QTest::newRow("0.25 is even: earlier") << 0.25 << 875;
    QTest::newRow("0.5 is odd: later") << 0.5 << 1'250;
    QTest::newRow("0.89 is even: earlier") << 0.89 << 555;
    QTest::newRow("0.999 is odd: later") << 0.999 << 1'499;
}

void tst_backoff::spread()
{
    QFETCH(double, random);
    QFETCH(int, expected);
    Backoff backoff({.delay = 1'000ms, .delayMax = 30'000ms, .randomizationFactor = 0.5},
                    [random] { return random; });
    QCOMPARE(int(backoff.next().count()), expected);
}

void tst_backoff::neverZeroNeverAboveTheCap_data()
{
    QTest::addColumn<double>("random");
    for (const double random : {0.0, 0.05, 0.15, 0.4999, 0.89999, 0.9999999})
        QTest::addRow("%f", random) << random;
}

void tst_backoff::neverZeroNeverAboveTheCap()
{
    QFETCH(double, random);
    for (const double factor : {0.0, 0.5, 1.0}) {
        Backoff backoff({.delay = 1ms, .delayMax = 5'000ms, .randomizationFactor = factor},
                        [random] { return random; });
        for (int attempt = 0; attempt < 5'000; ++attempt) { // the reference has NaN from 1024 on
            const auto wait = backoff.next();
            QVERIFY(wait >= 1ms);
            QVERIFY(wait <= 5'000ms);
            if (attempt > 20 && factor < 1)
                QCOMPARE(wait.count(), 5'000);
        }
    }
}

void tst_backoff::startsAgain()
{
    Backoff backoff({.delay = 100ms, .delayMax = 5'000ms, .randomizationFactor = 0});
    backoff.next();
    backoff.next();
    backoff.reset();
    QCOMPARE(backoff.attempts(), 0);
    QCOMPARE(backoff.next().count(), 100);
}

void tst_backoff::oddOptions_data()
{
    QTest::addColumn<qint64>("delay");
    QTest::addColumn<qint64>("delayMax");
    QTest::addColumn<double>("factor");
    QTest::addColumn<qint64>("first");
    QTest::newRow("zero is the default") << 0LL << 0LL << 0.0 << 1'000LL;
    QTest::newRow("negative is the default") << -5LL << -5LL << 0.0 << 1'000LL;
    QTest::newRow("cap below the delay") << 1'000LL << 300LL << 0.0 << 300LL;
    QTest::newRow("factor above 1 is no spread") << 1'000LL << 5'000LL << 7.0 << 1'000LL;
    QTest::newRow("factor not a number")
        << 1'000LL << 5'000LL << std::numeric_limits<double>::quiet_NaN() << 1'000LL;
    QTest::newRow("huge") << std::numeric_limits<qint64>::max() << 5'000LL << 0.5 << 5'000LL;
}

void tst_backoff::oddOptions()
{
    QFETCH(qint64, delay);
    QFETCH(qint64, delayMax);
    QFETCH(double, factor);
    QFETCH(qint64, first);
    Backoff backoff({std::chrono::milliseconds(delay), std::chrono::milliseconds(delayMax), factor},
                    [] { return 0.7; });
    QCOMPARE(qint64(backoff.next().count()), first);
}

QTEST_GUILESS_MAIN(tst_backoff)
#include "tst_backoff.moc"
