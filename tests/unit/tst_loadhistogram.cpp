// SPDX-License-Identifier: MIT
#include "server-lite/load/histogram.h"

#include <QtTest/QTest>

#include <algorithm>
#include <cmath>
#include <memory>
#include <random>
#include <vector>

using Load::Histogram;

/// The latencies of hubbub-load: how far off they may be, and that nothing is counted twice or not at all.
class TestLoadHistogram : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void quantilesAreCloseToTheTruth_data();
    void quantilesAreCloseToTheTruth();
    void everySizeIsKeptWithinTheBound();
    void extremesAreExact();
    void emptyIsZero();
    void mergedIsAsIfAllHadBeenAddedHere();
    void theTableCountsEveryValueOnce();
    void theTableOfFew();
};

namespace
{

/// Nanoseconds as a long-tailed latency has them.
std::vector<std::int64_t> sample(unsigned seed, std::size_t size, double spread)
{
    std::mt19937_64 random(seed);
    std::lognormal_distribution<double> latency(std::log(200'000.0), spread);
    std::vector<std::int64_t> values(size);
    std::generate(values.begin(), values.end(), [&] { return std::int64_t(latency(random)); });
    return values;
}

std::unique_ptr<Histogram> of(const std::vector<std::int64_t> &values)
{
    auto histogram = std::make_unique<Histogram>();
    for (const auto value : values)
        histogram->add(value);
    return histogram;
}

constexpr double bound = 1.0 / 64; // what histogram.h promises

} // namespace

void TestLoadHistogram::quantilesAreCloseToTheTruth_data()
{
    QTest::addColumn<unsigned>("seed");
    QTest::addColumn<double>("spread");
    QTest::newRow("narrow") << 1u << 0.1;
    QTest::newRow("usual") << 2u << 1.0;
    QTest::newRow("from nanoseconds to hours") << 3u << 6.0;
}

void TestLoadHistogram::quantilesAreCloseToTheTruth()
{
    QFETCH(unsigned, seed);
    QFETCH(double, spread);
    auto values = sample(seed, 100'000, spread);
    const auto histogram = of(values);
    std::sort(values.begin(), values.end());
    for (const double share : {0.0001, 0.01, 0.5, 0.9, 0.99, 0.999, 0.9999, 1.0}) {
        const auto rank = std::size_t(std::ceil(share * double(values.size())));
        const double truth = double(values[rank - 1]) / 1e3;
        const double told = histogram->quantile(share);
        QVERIFY2(told >= truth && told <= truth * (1 + bound) + 0.001,
                 qPrintable(QStringLiteral("%1: %2 instead of %3").arg(share).arg(told).arg(truth)));
    }
    QCOMPARE(histogram->count(), std::uint64_t(values.size()));
}

void TestLoadHistogram::everySizeIsKeptWithinTheBound()
{
    for (int power = 0; power < 62; ++power) {
        for (const std::int64_t off : {-1, 0, 1}) {
            const std::int64_t value = (std::int64_t(1) << power) + off;
            Histogram histogram;
            histogram.add(value);
            histogram.add(std::int64_t(1) << 62); // so that the exact largest one is another
            const double told = histogram.quantile(0.5) * 1e3;
            QVERIFY2(told >= double(value) * (1 - 1e-9) && told <= double(value) * (1 + bound) + 1e-6,
                     qPrintable(QString::number(value)));
        }
    }
}

void TestLoadHistogram::extremesAreExact()
{
    Histogram histogram;
    for (const std::int64_t value : {123'456'789, 1'000'001, 987'654'321})
        histogram.add(value);
    QCOMPARE(histogram.min(), 1'000.001);
    QCOMPARE(histogram.max(), 987'654.321);
    QCOMPARE(histogram.quantile(1), 987'654.321);
    histogram.add(-5); // a clock that went back
    QCOMPARE(histogram.min(), 0.0);
}

void TestLoadHistogram::emptyIsZero()
{
    const Histogram histogram;
    QCOMPARE(histogram.count(), std::uint64_t(0));
    QCOMPARE(histogram.quantile(0.5), 0.0);
    QCOMPARE(histogram.min(), 0.0);
    QCOMPARE(histogram.max(), 0.0);
    QVERIFY(histogram.table().empty());
}

void TestLoadHistogram::mergedIsAsIfAllHadBeenAddedHere()
{
    auto all = sample(4, 20'000, 2);
    const auto others = sample(5, 5'000, 0.5);
    const auto merged = of(all);
    merged->merge(*of(others));
    merged->merge(Histogram());
    all.insert(all.end(), others.begin(), others.end());
    const auto together = of(all);
    QCOMPARE(merged->count(), together->count());
    QCOMPARE(merged->min(), together->min());
    QCOMPARE(merged->max(), together->max());
    for (double share = 0; share <= 1; share += 0.001)
        QCOMPARE(merged->quantile(share), together->quantile(share));
}

void TestLoadHistogram::theTableCountsEveryValueOnce()
{
    auto values = sample(6, 30'000, 1.5);
    const auto rows = of(values)->table();
    std::sort(values.begin(), values.end());
    QVERIFY(rows.size() > 20);
    QCOMPARE(rows.back().count, std::uint64_t(values.size()));
    QCOMPARE(rows.back().share, 1.0);
    QCOMPARE(rows.back().microseconds, double(values.back()) / 1e3);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto &row = rows[i];
        const auto limit = std::int64_t(std::llround(row.microseconds * 1e3));
        const auto below = std::upper_bound(values.begin(), values.end(), limit) - values.begin();
        QCOMPARE(row.count, std::uint64_t(below));
        QCOMPARE(row.share, double(below) / double(values.size()));
        QVERIFY(i == 0 || (row.microseconds > rows[i - 1].microseconds && row.count > rows[i - 1].count));
    }
    // Never more than half of what the row before left over.
    for (std::size_t i = 1; i + 1 < rows.size(); ++i)
        QVERIFY(rows[i].share - rows[i - 1].share <= (1 - rows[i - 1].share) / 2 + 0.02);
}

void TestLoadHistogram::theTableOfFew()
{
    Histogram histogram;
    histogram.add(1'000);
    QCOMPARE(histogram.table().size(), std::size_t(1));
    QCOMPARE(histogram.table().front().microseconds, 1.0);
    histogram.add(3'000);
    const auto rows = histogram.table();
    QCOMPARE(rows.size(), std::size_t(2));
    QCOMPARE(rows.front().count, std::uint64_t(1));
    QCOMPARE(rows.back().microseconds, 3.0);
}

QTEST_GUILESS_MAIN(TestLoadHistogram)
#include "tst_loadhistogram.moc"
