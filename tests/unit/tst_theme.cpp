// SPDX-License-Identifier: MIT
#include "qml/Ui/Core/themecontroller.h"
#include "qml/Ui/fonts.h"

#include <QtGui/QColor>
#include <QtGui/QFontInfo>
#include <QtGui/QFontMetricsF>
#include <QtQml/QQmlComponent>
#include <QtQml/QQmlEngine>
#include <QtQml/QQmlExpression>
#include <QtQml/QQmlExtensionPlugin>
#include <QtQml/QQmlProperty>
#include <QtTest/QtTest>

#include <cmath>

Q_IMPORT_QML_PLUGIN(Hubbub_UiPlugin)

using namespace Hubbub::Ui;
using namespace Qt::StringLiterals;

namespace
{

// Relative luminance and contrast as WCAG 2 defines them.
double luminance(const QColor &color)
{
    const auto linear = [](double part) {
        return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

double contrast(const QColor &one, const QColor &other)
{
    const double a = luminance(one);
    const double b = luminance(other);
    return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

} // namespace

class TestTheme : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void rolesAreReadable_data();
    void rolesAreReadable();
    void namesAreReadable();
    void seriesAreVisible();
    void everyColorHasARole();
    void modeDecides();
    void textScaleIsBounded();
    void figuresAreTabular();

private:
    QColor color(const QString &name) const
    {
        return m_theme->property(name.toUtf8().constData()).value<QColor>();
    }
    QColor call(const QString &expression);
    void eachMode(const std::function<void()> &check);

    QQmlEngine m_engine;
    QObject *m_theme = nullptr;
    QStringList m_covered;
};

void TestTheme::initTestCase()
{
    QVERIFY(loadFonts());
    m_engine.addImportPath(u":/qt/qml"_s);
    m_theme = m_engine.singletonInstance<QObject *>(qmlTypeId("Hubbub.Ui", 1, 0, "Theme"));
    if (!m_theme) { // QML singletons register with the first import
        QQmlComponent component(&m_engine);
        component.setData("import QtQuick\nimport Hubbub.Ui\nItem { property QtObject theme: Theme }", {});
        QObject *item = component.create();
        QVERIFY2(item, qPrintable(component.errorString()));
        item->setParent(this);
        m_theme = item->property("theme").value<QObject *>();
    }
    QVERIFY(m_theme);
}

QColor TestTheme::call(const QString &expression)
{
    QQmlExpression question(qmlContext(m_theme), m_theme, expression);
    return question.evaluate().value<QColor>();
}

void TestTheme::eachMode(const std::function<void()> &check)
{
    for (const auto mode : {ThemeController::Light, ThemeController::Dark}) {
        ThemeController::instance()->setMode(mode);
        check();
    }
}

void TestTheme::rolesAreReadable_data()
{
    QTest::addColumn<QString>("ink");
    QTest::addColumn<QStringList>("grounds");
    QTest::addColumn<double>("atLeast");

    const QStringList all = {u"surface"_s, u"sunken"_s, u"window"_s, u"bubbleOwn"_s, u"bubbleOther"_s};
    for (const QString &ink : {u"text"_s, u"textSecondary"_s, u"textMuted"_s, u"link"_s})
        QTest::newRow(qPrintable(ink)) << ink << all << 4.5;
    QTest::newRow("text on states") << u"text"_s << QStringList{u"hover"_s, u"selected"_s} << 4.5;
    QTest::newRow("secondary on states")
        << u"textSecondary"_s << QStringList{u"hover"_s, u"selected"_s} << 4.5;
    QTest::newRow("muted on states") << u"textMuted"_s << QStringList{u"hover"_s, u"selected"_s} << 4.5;
    for (const QString &ink : {u"success"_s, u"warning"_s, u"danger"_s})
        QTest::newRow(qPrintable(ink)) << ink << QStringList{u"surface"_s, u"sunken"_s, u"window"_s} << 4.5;
    QTest::newRow("accentInk") << u"accentInk"_s
                               << QStringList{u"accent"_s, u"accentHover"_s, u"accentPressed"_s} << 4.5;
    QTest::newRow("riskInk") << u"riskInk"_s << QStringList{u"risk"_s, u"riskHover"_s, u"riskPressed"_s}
                             << 4.5;
    QTest::newRow("badgeInk") << u"badgeInk"_s << QStringList{u"badge"_s} << 4.5;
    QTest::newRow("mentionInk") << u"mentionInk"_s << QStringList{u"mention"_s} << 4.5;
    QTest::newRow("toastInk") << u"toastInk"_s << QStringList{u"toast"_s} << 4.5;
    QTest::newRow("toastLink") << u"toastLink"_s << QStringList{u"toast"_s} << 4.5;
    for (const QString &kind : {u"Quiet"_s, u"Info"_s, u"Success"_s, u"Warning"_s, u"Danger"_s}) {
        const QString ground = u"banner"_s + kind;
        QTest::newRow(qPrintable(ground)) << ground + u"Ink"_s << QStringList{ground} << 4.5;
    }
    QTest::newRow("accent as outline")
        << u"accent"_s << QStringList{u"surface"_s, u"sunken"_s, u"window"_s} << 3.0;
    QTest::newRow("borderStrong") << u"borderStrong"_s
                                  << QStringList{u"surface"_s, u"sunken"_s, u"bubbleOwn"_s} << 3.0;
    for (const QString &kind : {u"Online"_s, u"Away"_s, u"Busy"_s, u"Offline"_s}) {
        const QString role = u"presence"_s + kind;
        QTest::newRow(qPrintable(role)) << role << QStringList{u"sunken"_s, u"surface"_s} << 3.0;
    }
}

void TestTheme::rolesAreReadable()
{
    QFETCH(const QString, ink);
    QFETCH(const QStringList, grounds);
    QFETCH(const double, atLeast);
    eachMode([&] {
        for (const QString &ground : grounds) {
            QVERIFY2(color(ink).isValid() && color(ground).isValid(), "no such role");
            const double ratio = contrast(color(ink), color(ground));
            QVERIFY2(ratio >= atLeast, qPrintable(u"%1 on %2: %3"_s.arg(ink, ground).arg(ratio)));
        }
    });
    m_covered += grounds;
    m_covered.append(ink);
}

void TestTheme::namesAreReadable()
{
    eachMode([&] {
        for (int slot = 0; slot < 8; ++slot) {
            const QColor name = call(u"nameColor(%1)"_s.arg(slot));
            for (const QString &ground : {u"surface"_s, u"sunken"_s, u"bubbleOwn"_s, u"bubbleOther"_s}) {
                const double ratio = contrast(name, color(ground));
                QVERIFY2(ratio >= 4.5, qPrintable(u"slot %1 on %2: %3"_s.arg(slot).arg(ground).arg(ratio)));
            }
            const QColor tint = call(u"nameTint(%1)"_s.arg(slot));
            QVERIFY(tint != color(u"surface"_s) && tint.alpha() == 255);
            const double onTint = contrast(name, tint);
            QVERIFY2(onTint >= 4.5, qPrintable(u"slot %1 on its tint: %2"_s.arg(slot).arg(onTint)));
        }
    });
}

void TestTheme::seriesAreVisible()
{
    eachMode([&] {
        for (int index = 0; index < 6; ++index) {
            const double ratio = contrast(call(u"series(%1)"_s.arg(index)), color(u"surface"_s));
            QVERIFY2(ratio >= 3.0, qPrintable(u"series %1: %2"_s.arg(index).arg(ratio)));
        }
    });
}

// A new colour must come with a pair above, or be named here as decoration that carries no meaning.
void TestTheme::everyColorHasARole()
{
    const QStringList decoration = {u"hairline"_s, u"borderSubtle"_s, u"scrim"_s,
                                    u"shadow"_s,   u"chartGrid"_s,    u"chartGap"_s};
    const QMetaObject *meta = m_theme->metaObject();
    int seen = 0;
    for (int i = 0; i < meta->propertyCount(); ++i) {
        const QString name = QString::fromLatin1(meta->property(i).name());
        if (meta->property(i).metaType() != QMetaType::fromType<QColor>())
            continue;
        ++seen;
        QVERIFY2(m_covered.contains(name) || decoration.contains(name),
                 qPrintable(name + u" has no contrast pair"_s));
    }
    QVERIFY(seen > 40);
}

void TestTheme::modeDecides()
{
    ThemeController *controller = ThemeController::instance();
    controller->setMode(ThemeController::Light);
    QSignalSpy changes(controller, &ThemeController::darkChanged);
    const QColor light = color(u"surface"_s);
    controller->setMode(ThemeController::Dark);
    QCOMPARE(changes.count(), 1);
    QVERIFY(controller->isDark());
    QVERIFY(color(u"surface"_s) != light);
    controller->setMode(ThemeController::Dark);
    QCOMPARE(changes.count(), 1);
}

void TestTheme::textScaleIsBounded()
{
    ThemeController *controller = ThemeController::instance();
    controller->setTextScale(9);
    QCOMPARE(controller->textScale(), ThemeController::MaximumTextScale);
    controller->setTextScale(0);
    QCOMPARE(controller->textScale(), ThemeController::MinimumTextScale);
    controller->setTextScale(1);
    QCOMPARE(controller->textScale(), 1.0);
}

void TestTheme::figuresAreTabular()
{
    QFont font(u"Inter Num"_s);
    font.setPixelSize(64);
    font.setHintingPreference(QFont::PreferNoHinting);
    QCOMPARE(QFontInfo(font).family(), u"Inter Num"_s);
    const QFontMetricsF metrics(font);
    for (const QString &digit : {u"0"_s, u"2"_s, u"5"_s, u"9"_s, u"+"_s, u"−"_s})
        QCOMPARE(metrics.horizontalAdvance(digit), metrics.horizontalAdvance(u"1"_s));
    QFont plain(u"Inter"_s);
    plain.setPixelSize(64);
    const QFontMetricsF proportional(plain);
    QVERIFY(proportional.horizontalAdvance(u"1"_s) < proportional.horizontalAdvance(u"0"_s));
}

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
