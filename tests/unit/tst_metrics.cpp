// SPDX-License-Identifier: MIT
#include "server-lite/metrics/processstats.h"
#include "server-lite/metrics/prometheustext.h"

#include <QtTest/QTest>

using namespace Hubbub;

class TestMetrics : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void text_has_help_type_and_value()
    {
        const auto text = prometheusText({
            {"hubbub_connections", "Open connections.", Metric::Type::Gauge, 3, {}},
            {"hubbub_errors_total", "Errors by code.", Metric::Type::Counter, 2, {{"code", "a\"b\\c\nd"}}},
            {"hubbub_errors_total", "Errors by code.", Metric::Type::Counter, 5e9, {{"code", "other"}}},
        });
        const auto lines = text.split('\n');
        QVERIFY(lines.contains("# HELP hubbub_connections Open connections."));
        QVERIFY(lines.contains("# TYPE hubbub_connections gauge"));
        QVERIFY(lines.contains("hubbub_connections 3"));
        QCOMPARE(lines.count("# TYPE hubbub_errors_total counter"), 1);
        QVERIFY(lines.contains("hubbub_errors_total{code=\"a\\\"b\\\\c\\nd\"} 2"));
        QVERIFY(lines.contains("hubbub_errors_total{code=\"other\"} 5000000000"));
    }

    void a_histogram_adds_its_buckets_up()
    {
        Metric metric{"hubbub_wait_seconds", "Waits.", Metric::Type::Histogram, 3.5, {}};
        metric.bounds = {0.25, 1};
        metric.counts = {2, 0, 1};
        const auto lines = prometheusText({metric}).split('\n');
        QVERIFY(lines.contains("# TYPE hubbub_wait_seconds histogram"));
        QVERIFY(lines.contains("hubbub_wait_seconds_count 3"));
        QVERIFY(lines.contains("hubbub_wait_seconds_sum 3.5"));
        QVERIFY(lines.contains("hubbub_wait_seconds_bucket{le=\"0.25\"} 2"));
        QVERIFY(lines.contains("hubbub_wait_seconds_bucket{le=\"1\"} 2"));
        QVERIFY(lines.contains("hubbub_wait_seconds_bucket{le=\"+Inf\"} 3"));
    }

    void the_process_knows_itself()
    {
        const auto stats = ProcessStats::read();
        QVERIFY(stats.residentBytes > 1'000'000);
        QVERIFY(stats.openDescriptors > 2);
        volatile double x = 1;
        for (int i = 0; i < 20'000'000; ++i)
            x = x * 1.0000001;
        QVERIFY(ProcessStats::read().cpuSeconds > stats.cpuSeconds);
    }
};

QTEST_APPLESS_MAIN(TestMetrics)
#include "tst_metrics.moc"
