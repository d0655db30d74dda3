// SPDX-License-Identifier: MIT
#include "qml/Ui/Core/systemtheme.h"

#include <QtCore/QEvent>
#include <QtCore/QFile>
#include <QtCore/QStandardPaths>
#include <QtDBus/QDBusConnection>
#include <QtDBus/QDBusMessage>
#include <QtDBus/QDBusPendingCallWatcher>
#include <QtDBus/QDBusPendingReply>
#include <QtGui/QGuiApplication>
#include <QtGui/QPalette>

using namespace Qt::StringLiterals;

namespace Hubbub::Ui
{

namespace
{

const QString Service = u"org.freedesktop.portal.Desktop"_s;
const QString Path = u"/org/freedesktop/portal/desktop"_s;
const QString Interface = u"org.freedesktop.portal.Settings"_s;
const QString Group = u"org.freedesktop.appearance"_s;
const QString Key = u"color-scheme"_s;

bool paletteIsDark()
{
    return QGuiApplication::palette().color(QPalette::Window).lightnessF() < 0.5F;
}

// libdbus would try to launch a bus when there is none, and that can take seconds.
bool hasSessionBus()
{
    return qEnvironmentVariableIsSet("DBUS_SESSION_BUS_ADDRESS")
           || QFile::exists(QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation) + u"/bus"_s);
}

} // namespace

SystemTheme::SystemTheme(QObject *parent)
    : QObject(parent)
    , m_dark(paletteIsDark())
{
    qGuiApp->installEventFilter(this);
    if (hasSessionBus())
        askPortal();
}

void SystemTheme::askPortal()
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    bus.connect(Service, Path, Interface, u"SettingChanged"_s, this,
                SLOT(onSettingChanged(QString, QString, QDBusVariant)));
    QDBusMessage question = QDBusMessage::createMethodCall(Service, Path, Interface, u"Read"_s);
    question << Group << Key;
    auto *watcher = new QDBusPendingCallWatcher(bus.asyncCall(question), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this](QDBusPendingCallWatcher *call) {
        const QDBusPendingReply<QDBusVariant> reply = *call;
        if (reply.isValid())
            takePortalValue(reply.value().variant());
        call->deleteLater();
    });
}

void SystemTheme::onSettingChanged(const QString &group, const QString &key, const QDBusVariant &value)
{
    if (group == Group && key == Key)
        takePortalValue(value.variant());
}

void SystemTheme::takePortalValue(const QVariant &value)
{
    QVariant inner = value;
    while (inner.canConvert<QDBusVariant>()) // Read() wraps its answer twice, the signal once
        inner = inner.value<QDBusVariant>().variant();
    const uint scheme = inner.toUInt(); // 0 no preference, 1 dark, 2 light
    m_portalKnows = scheme == 1 || scheme == 2;
    setDark(m_portalKnows ? scheme == 1 : paletteIsDark());
}

bool SystemTheme::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::ApplicationPaletteChange && !m_portalKnows)
        setDark(paletteIsDark());
    return QObject::eventFilter(watched, event);
}

void SystemTheme::setDark(bool dark)
{
    if (m_dark == dark)
        return;
    m_dark = dark;
    Q_EMIT darkChanged();
}

} // namespace Hubbub::Ui
