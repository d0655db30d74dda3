// SPDX-License-Identifier: MIT
#include "qml/Ui/chartpaint.h"
#include "qml/Ui/chartscale.h"
#include "qml/Ui/names.h"

#include <QtTest/QtTest>

using namespace Hubbub::Ui;
using namespace Qt::StringLiterals;

class TestNames : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initialsOfNames_data();
    void initialsOfNames();
    void slotsAreStableAndSpread();
    void chartScales_data();
    void chartScales();
    void chartGapsAreNotBridged();
};

void TestNames::initialsOfNames_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("letters");
    QTest::newRow("two words") << u"Mara Lindqvist"_s << u"ML"_s;
    QTest::newRow("three words") << u"Ana de Souza"_s << u"AS"_s;
    QTest::newRow("one word") << u"mara"_s << u"MA"_s;
    QTest::newRow("one letter") << u"x"_s << u"X"_s;
    QTest::newRow("number") << u"Display 7"_s << u"D7"_s;
    QTest::newRow("dashes") << u"departures-board"_s << u"DB"_s;
    QTest::newRow("apostrophe") << u"O’Brien"_s << u"OB"_s;
    QTest::newRow("accent composed") << u"Élif Öz"_s << u"ÉÖ"_s;
    QTest::newRow("accent combining") << u"E\u0301lif"_s << u"E\u0301L"_s;
    QTest::newRow("outside the first plane") << u"𝒜nna Berg"_s << u"𝒜B"_s;
    QTest::newRow("cyrillic") << u"мир дом"_s << u"МД"_s;
    QTest::newRow("empty") << QString() << u"?"_s;
    QTest::newRow("signs only") << u" -- !! "_s << u"?"_s;
    QTest::newRow("markup") << u"<b>x</b>"_s << u"BB"_s;
}

void TestNames::initialsOfNames()
{
    QFETCH(const QString, name);
    QFETCH(const QString, letters);
    QCOMPARE(initials(name), letters);
}

void TestNames::slotsAreStableAndSpread()
{
    // Values that earlier versions showed: they must never change, or people change colour.
    QCOMPARE(nameSlot(u"u_tomas"_s), 0);
    QCOMPARE(nameSlot(u"mara"_s), 4);
    QCOMPARE(nameSlot(QString()), 1);
    QList<int> hits(NameSlots, 0);
    for (int i = 0; i < 4000; ++i) {
        const int slot = nameSlot(u"user-%1"_s.arg(i));
        QVERIFY(slot >= 0 && slot < NameSlots);
        ++hits[slot];
    }
    for (const int count : hits)
        QVERIFY2(count > 350 && count < 650, qPrintable(QString::number(count)));
}

void TestNames::chartScales_data()
{
    QTest::addColumn<double>("maximum");
    QTest::addColumn<double>("top");
    QTest::addColumn<QString>("topLabel");
    QTest::newRow("nothing") << 0.0 << 1.0 << u"1"_s;
    QTest::newRow("not a number") << qQNaN() << 1.0 << u"1"_s;
    QTest::newRow("infinite") << qInf() << 1.0 << u"1"_s;
    QTest::newRow("connections") << 3124.0 << 4000.0 << u"4k"_s;
    QTest::newRow("events") << 1760.0 << 2000.0 << u"2k"_s;
    QTest::newRow("latency") << 107.0 << 120.0 << u"120"_s;
    QTest::newRow("exact") << 100.0 << 100.0 << u"100"_s;
    QTest::newRow("a few whole things") << 7.0 << 8.0 << u"8"_s;
    QTest::newRow("small") << 0.7 << 0.75 << u"0.75"_s;
    QTest::newRow("millions") << 1.9e6 << 2e6 << u"2M"_s;
}

void TestNames::chartScales()
{
    QFETCH(const double, maximum);
    QFETCH(const double, top);
    QFETCH(const QString, topLabel);
    const ChartScale scale = ChartScale::forMaximum(maximum);
    QCOMPARE(scale.top, top);
    QVERIFY(scale.steps >= 2 && scale.steps <= 4);
    QCOMPARE(scale.label(scale.steps), topLabel);
    QCOMPARE(scale.label(0), u"0"_s);
}

void TestNames::chartGapsAreNotBridged()
{
    const QRectF area(0, 0, 50, 10);
    const QList<QPolygonF> runs = chartRuns({1, 2, qQNaN(), qInf(), 3, 4}, 6, area, 0, 10);
    QCOMPARE(runs.size(), 2);
    QCOMPARE(runs[0].first(), QPointF(0, 9));
    QCOMPARE(runs[1].last(), QPointF(50, 6));
    // More values than fit: the oldest fall off at the left.
    QCOMPARE(chartRuns({9, 9, 1, 2, 3}, 3, area, 0, 10).first().size(), 3);
    QVERIFY(chartRuns({}, 3, area, 0, 10).isEmpty());
}

QTEST_MAIN(TestNames)
#include "tst_names.moc"
