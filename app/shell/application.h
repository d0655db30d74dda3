// SPDX-License-Identifier: MIT
#pragma once

#include "app/shell/profile.h"

#include <QtCore/QObject>

class QJSEngine;
class QQmlEngine;

namespace Hubbub::App
{

class About;
class Browser;
class Clipboard;
class Departure;
class HostController;
class Servers;
class Settings;
class WindowController;

/// Everything of the app but what is seen: made once by the program, or by each test. Thread: GUI.
class Application : public QObject
{
    Q_OBJECT
public:
    /// Empty: the platform's place for application data.
    explicit Application(const QString &profileDir, QObject *parent = nullptr);
    ~Application() override;

    const Profile &profile() const { return m_profile; }
    Settings *settings() const { return m_settings; }
    Clipboard *clipboard() const { return m_clipboard; }
    Browser *browser() const { return m_browser; }
    About *about() const { return m_about; }
    WindowController *window() const { return m_window; }
    Servers *servers() const { return m_servers; }
    HostController *host() const { return m_host; }
    Departure *departure() const { return m_departure; }

    /// Lets QML of that engine find its singletons here.
    void attach(QQmlEngine *engine);
    static Application *of(QQmlEngine *engine); ///< the one attached
    /// The same object, marked as not to be deleted by the engine.
    template <typename T>
    T *forQml(T *object)
    {
        keep(object);
        return object;
    }

private:
    static void keep(QObject *object);

    Profile m_profile;
    Settings *m_settings;
    Clipboard *m_clipboard;
    Browser *m_browser;
    About *m_about;
    WindowController *m_window;
    Servers *m_servers;
    HostController *m_host;
    Departure *m_departure;
};

} // namespace Hubbub::App
