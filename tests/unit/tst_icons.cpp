// SPDX-License-Identifier: MIT
#include "qml/Ui/fonts.h"
#include "qml/Ui/iconimage.h"
#include "qml/Ui/mark.h"
#include "qml/Ui/trayicon.h"
#include "resources/resources.h"

#include <QtTest/QtTest>

using namespace Hubbub;
using namespace Qt::StringLiterals;

namespace
{

int paintedPixels(const QImage &image)
{
    int painted = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x)
            painted += qAlpha(image.pixel(x, y)) > 64;
    }
    return painted;
}

} // namespace

class TestIcons : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(Ui::loadFonts()); }
    void everyIconPaints_data();
    void everyIconPaints();
    void everyNameInQmlExists();
    void strokeKeepsItsWidth();
    void unknownNameWarns();
    void markIsSharp_data();
    void markIsSharp();
    void trayStatesDiffer_data();
    void trayStatesDiffer();
};

void TestIcons::everyIconPaints_data()
{
    QTest::addColumn<QString>("name");
    const QStringList names = Resources::iconNames();
    QVERIFY(names.size() > 60);
    for (const QString &name : names)
        QTest::newRow(qPrintable(name)) << name;
}

void TestIcons::everyIconPaints()
{
    QFETCH(const QString, name);
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    for (const int size : {12, 16, 24}) {
        const QImage image = Ui::iconImage(name, size, Qt::red, 2);
        QCOMPARE(image.size(), QSize(2 * size, 2 * size));
        QVERIFY(paintedPixels(image) > 4);
        for (int i = 0; i < image.width(); ++i) // nothing is cut at the edge
            QVERIFY(qAlpha(image.pixel(i, 0)) + qAlpha(image.pixel(0, i)) < 128);
    }
}

void TestIcons::everyNameInQmlExists()
{
    const QStringList known = Resources::iconNames();
    static const QRegularExpression use(u"iconName: \"([a-z-]+)\""_s);
    QDirIterator files(QStringLiteral(HUBBUB_SOURCE_DIR "/qml"), {u"*.qml"_s}, QDir::Files,
                       QDirIterator::Subdirectories);
    int seen = 0;
    while (files.hasNext()) {
        QFile file(files.next());
        QVERIFY(file.open(QIODevice::ReadOnly));
        for (auto found = use.globalMatch(QString::fromUtf8(file.readAll())); found.hasNext(); ++seen) {
            const QString name = found.next().captured(1);
            QVERIFY2(known.contains(name), qPrintable(file.fileName() + u": "_s + name));
        }
    }
    QVERIFY(seen > 0);
}

void TestIcons::strokeKeepsItsWidth()
{
    // "minus" is one horizontal stroke: the ink in a column through its middle is its width.
    const auto strokeAt = [](int size) {
        const QImage image = Ui::iconImage(u"minus"_s, size, Qt::black, 8);
        double ink = 0;
        for (int y = 0; y < image.height(); ++y)
            ink += qAlpha(image.pixel(image.width() / 2, y)) / 255.0;
        return ink / 8;
    };
    for (const int size : {14, 16, 18, 20, 24})
        QVERIFY2(qAbs(strokeAt(size) - 1.5) < 0.05, qPrintable(u"%1: %2"_s.arg(size).arg(strokeAt(size))));
    QVERIFY(qAbs(strokeAt(12) - 1.25) < 0.05);
}

void TestIcons::unknownNameWarns()
{
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"no icon is named"_s));
    QVERIFY(Ui::iconImage(u"no-such-icon"_s, 16, Qt::black, 1).isNull());
    QVERIFY(Ui::iconImage(QString(), 16, Qt::black, 1).isNull());
}

void TestIcons::markIsSharp_data()
{
    QTest::addColumn<int>("size");
    for (const int size : {16, 22, 24, 32, 48})
        QTest::addRow("%d", size) << size;
}

void TestIcons::markIsSharp()
{
    QFETCH(const int, size);
    const QImage image = Ui::markImage(size);
    // A quarter from the top only the outer bars are crossed: every pixel there is white or blue, none in
    // between.
    const int y = size / 4;
    int white = 0;
    for (int x = 2; x < size - 2; ++x) {
        const QColor color = image.pixelColor(x, y);
        const bool isWhite = color == Qt::white;
        white += isWhite;
        QVERIFY2(isWhite || color.red() < 80, qPrintable(u"%1 at %2"_s.arg(color.name()).arg(x)));
        QCOMPARE(image.pixelColor(x, y), image.pixelColor(size - 1 - x, y));
    }
    QVERIFY(white >= 4);
}

void TestIcons::trayStatesDiffer_data()
{
    QTest::addColumn<int>("size");
    QTest::addColumn<bool>("dark");
    for (const int size : {16, 22, 24, 32, 64}) {
        QTest::addRow("%d light", size) << size << false;
        QTest::addRow("%d dark", size) << size << true;
    }
}

void TestIcons::trayStatesDiffer()
{
    QFETCH(const int, size);
    QFETCH(const bool, dark);
    using Ui::TrayState;
    QList<QImage> shapes;
    for (const auto state : {TrayState::Online, TrayState::Offline, TrayState::Hosting, TrayState::Unread,
                             TrayState::Mention, TrayState::Untrusted}) {
        const QImage image = Ui::trayImage(state, 3, dark, size);
        QCOMPARE(image.size(), QSize(size, size));
        QVERIFY(paintedPixels(image) > 0);
        // Compared without colour: a state must be told by its shape alone.
        const QImage grey = image.convertToFormat(QImage::Format_Grayscale8);
        QVERIFY(!shapes.contains(grey));
        shapes.append(grey);
        QCOMPARE(
            Ui::makeTrayIcon(state, 3, dark).pixmap(size, size).toImage().convertToFormat(image.format()),
            image);
    }
    QCOMPARE(Ui::trayImage(TrayState::Mention, 10, dark, size),
             Ui::trayImage(TrayState::Mention, 99, dark, size));
    QVERIFY(Ui::trayImage(TrayState::Mention, 3, dark, size)
            != Ui::trayImage(TrayState::Mention, 10, dark, size));
}

QTEST_MAIN(TestIcons)
#include "tst_icons.moc"
