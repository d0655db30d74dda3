// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QObject>
#include <QtCore/QSettings>
#include <QtQml/qqmlregistration.h>

class QJSEngine;
class QQmlEngine;

namespace Hubbub::App
{

class Profile;

/// What the person chose, kept in settings.ini of the profile and written at once. Thread: GUI.
class Settings : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_SINGLETON
    Q_PROPERTY(QString name READ name WRITE setName NOTIFY nameChanged)
    Q_PROPERTY(QString userId READ userId CONSTANT)
    Q_PROPERTY(Theme theme READ theme WRITE setTheme NOTIFY themeChanged)
    Q_PROPERTY(qreal textScale READ textScale WRITE setTextScale NOTIFY textScaleChanged)
    Q_PROPERTY(bool reducedMotion READ reducedMotion WRITE setReducedMotion NOTIFY reducedMotionChanged)
    Q_PROPERTY(bool closeToTray READ closeToTray WRITE setCloseToTray NOTIFY closeToTrayChanged)
    Q_PROPERTY(bool notify READ notify WRITE setNotify NOTIFY notifyChanged)
    Q_PROPERTY(QString storageError READ storageError CONSTANT)
    Q_PROPERTY(QString profileDir READ profileDir CONSTANT)
public:
    enum Theme { System, Light, Dark };
    Q_ENUM(Theme)

    Settings(const Profile &profile, QObject *parent);
    static Settings *create(QQmlEngine *engine, QJSEngine *);

    QString name() const;
    void setName(const QString &name);
    QString displayName() const; ///< name(), or a word that stands for it while there is none
    QString userId() const { return m_userId; } ///< made at the first run, the same from then on
    Theme theme() const;
    void setTheme(Theme theme);
    void overrideTheme(Theme theme); ///< for this run only
    qreal textScale() const; ///< 0.8 to 2.0
    void setTextScale(qreal scale);
    bool reducedMotion() const;
    void setReducedMotion(bool reduced);
    bool closeToTray() const;
    void setCloseToTray(bool close);
    bool notify() const;
    void setNotify(bool notify);
    QString storageError() const { return m_storageError; }
    QString profileDir() const { return m_profileDir; }

    /// What other classes remember between runs; `key` is "group/name".
    QVariant remembered(const QString &key, const QVariant &fallback = {}) const;
    void remember(const QString &key, const QVariant &value);

Q_SIGNALS:
    void nameChanged();
    void themeChanged();
    void textScaleChanged();
    void reducedMotionChanged();
    void closeToTrayChanged();
    void notifyChanged();

private:
    bool store(const QString &key, const QVariant &value);

    QSettings m_file;
    QString m_userId;
    QString m_storageError;
    QString m_profileDir;
    int m_themeOverride = -1;
};

} // namespace Hubbub::App
