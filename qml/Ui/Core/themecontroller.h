// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QObject>
#include <QtQml/qqmlregistration.h>

class QJSEngine;
class QQmlEngine;

namespace Hubbub::Ui
{

class SystemTheme;

/// What the person chose about the looks; the tokens of the module follow at once.
/// One for the program: C++ reaches it by instance(), QML as the singleton ThemeController. Thread: GUI.
/// It does not store anything: settings write here at start and listen to changes.
class ThemeController : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_SINGLETON
    Q_PROPERTY(Mode mode READ mode WRITE setMode NOTIFY modeChanged)
    Q_PROPERTY(bool dark READ isDark NOTIFY darkChanged)
    Q_PROPERTY(double textScale READ textScale WRITE setTextScale NOTIFY textScaleChanged)
    Q_PROPERTY(bool reducedMotion READ reducedMotion WRITE setReducedMotion NOTIFY reducedMotionChanged)

public:
    enum Mode { System, Light, Dark };
    Q_ENUM(Mode)

    static constexpr double MinimumTextScale = 0.8;
    static constexpr double MaximumTextScale = 2.0;

    static ThemeController *instance();
    static ThemeController *create(QQmlEngine *qmlEngine, QJSEngine *jsEngine);

    Mode mode() const { return m_mode; }
    void setMode(Mode mode);
    bool isDark() const { return m_dark; }
    double textScale() const { return m_textScale; }
    /// Clamped to 0.8 … 2.0.
    void setTextScale(double scale);
    bool reducedMotion() const { return m_reducedMotion; }
    void setReducedMotion(bool reduced);

Q_SIGNALS:
    void modeChanged();
    void darkChanged();
    void textScaleChanged();
    void reducedMotionChanged();

private:
    explicit ThemeController(QObject *parent);
    void updateDark();

    SystemTheme *m_system;
    Mode m_mode = System;
    bool m_dark = false;
    double m_textScale = 1.0;
    bool m_reducedMotion = false;
};

} // namespace Hubbub::Ui
