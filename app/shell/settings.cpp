// SPDX-License-Identifier: MIT
#include "app/shell/settings.h"

#include "app/shell/application.h"
#include "app/shell/profile.h"

#include <QtCore/QUuid>

#include <algorithm>

namespace Hubbub::App
{

using namespace Qt::StringLiterals;

Settings::Settings(const Profile &profile, QObject *parent)
    : QObject(parent)
    , m_file(profile.file(u"settings.ini"_s), QSettings::IniFormat)
    , m_storageError(profile.error())
    , m_profileDir(profile.dir())
{
    m_userId = m_file.value(u"person/userId"_s).toString();
    if (m_userId.isEmpty()) {
        m_userId = QUuid::createUuid().toString(QUuid::WithoutBraces);
        remember(u"person/userId"_s, m_userId);
    }
}

Settings *Settings::create(QQmlEngine *engine, QJSEngine *)
{
    return Application::of(engine)->forQml(Application::of(engine)->settings());
}

QString Settings::name() const
{
    return m_file.value(u"person/name"_s).toString();
}

void Settings::setName(const QString &name)
{
    if (store(u"person/name"_s, name.simplified().left(64)))
        Q_EMIT nameChanged();
}

QString Settings::displayName() const
{
    const QString own = name();
    return own.isEmpty() ? tr("Guest") : own;
}

Settings::Theme Settings::theme() const
{
    const int theme = m_themeOverride >= 0 ? m_themeOverride : m_file.value(u"look/theme"_s, System).toInt();
    return static_cast<Theme>(std::clamp(theme, int(System), int(Dark)));
}

void Settings::setTheme(Theme theme)
{
    const Theme before = this->theme();
    m_themeOverride = -1;
    store(u"look/theme"_s, int(theme));
    if (theme != before)
        Q_EMIT themeChanged();
}

void Settings::overrideTheme(Theme theme)
{
    m_themeOverride = theme;
    Q_EMIT themeChanged();
}

qreal Settings::textScale() const
{
    return std::clamp(m_file.value(u"look/textScale"_s, 1.0).toReal(), 0.8, 2.0);
}

void Settings::setTextScale(qreal scale)
{
    if (store(u"look/textScale"_s, std::clamp(scale, 0.8, 2.0)))
        Q_EMIT textScaleChanged();
}

bool Settings::reducedMotion() const
{
    return m_file.value(u"look/reducedMotion"_s, false).toBool();
}

void Settings::setReducedMotion(bool reduced)
{
    if (store(u"look/reducedMotion"_s, reduced))
        Q_EMIT reducedMotionChanged();
}

bool Settings::closeToTray() const
{
    return m_file.value(u"window/closeToTray"_s, true).toBool();
}

void Settings::setCloseToTray(bool close)
{
    if (store(u"window/closeToTray"_s, close))
        Q_EMIT closeToTrayChanged();
}

bool Settings::notify() const
{
    return m_file.value(u"notifications/enabled"_s, true).toBool();
}

void Settings::setNotify(bool notify)
{
    if (store(u"notifications/enabled"_s, notify))
        Q_EMIT notifyChanged();
}

QVariant Settings::remembered(const QString &key, const QVariant &fallback) const
{
    return m_file.value(key, fallback);
}

void Settings::remember(const QString &key, const QVariant &value)
{
    store(key, value);
}

bool Settings::store(const QString &key, const QVariant &value)
{
    if (m_file.value(key) == value)
        return false;
    m_file.setValue(key, value);
    m_file.sync();
    return true;
}

} // namespace Hubbub::App
