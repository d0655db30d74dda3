// SPDX-License-Identifier: MIT
#include "qml/Ui/Core/themecontroller.h"

#include "qml/Ui/Core/systemtheme.h"

#include <QtCore/QPointer>
#include <QtGui/QGuiApplication>
#include <QtQml/QQmlEngine>

namespace Hubbub::Ui
{

ThemeController *ThemeController::instance()
{
    static QPointer<ThemeController> controller;
    if (!controller)
        controller = new ThemeController(qGuiApp); // dies with the application, so tests may make several
    return controller;
}

ThemeController *ThemeController::create(QQmlEngine *, QJSEngine *)
{
    ThemeController *controller = instance();
    QQmlEngine::setObjectOwnership(controller, QQmlEngine::CppOwnership);
    return controller;
}

ThemeController::ThemeController(QObject *parent)
    : QObject(parent)
    , m_system(new SystemTheme(this))
{
    connect(m_system, &SystemTheme::darkChanged, this, &ThemeController::updateDark);
    updateDark();
}

void ThemeController::setMode(Mode mode)
{
    if (m_mode == mode)
        return;
    m_mode = mode;
    Q_EMIT modeChanged();
    updateDark();
}

void ThemeController::setTextScale(double scale)
{
    scale = qBound(MinimumTextScale, scale, MaximumTextScale);
    if (qFuzzyCompare(m_textScale, scale))
        return;
    m_textScale = scale;
    Q_EMIT textScaleChanged();
}

void ThemeController::setReducedMotion(bool reduced)
{
    if (m_reducedMotion == reduced)
        return;
    m_reducedMotion = reduced;
    Q_EMIT reducedMotionChanged();
}

void ThemeController::updateDark()
{
    const bool dark = m_mode == System ? m_system->isDark() : m_mode == Dark;
    if (m_dark == dark)
        return;
    m_dark = dark;
    Q_EMIT darkChanged();
}

} // namespace Hubbub::Ui
