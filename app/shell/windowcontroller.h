// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QObject>
#include <QtQml/qqmlregistration.h>

class QJSEngine;
class QQmlEngine;

namespace Hubbub::App
{

class Settings;

/// Whether the main window is to be seen, and what closing it means. Closing hides it only where a tray
/// brings it back. Thread: GUI.
class WindowController : public QObject
{
    Q_OBJECT
    QML_NAMED_ELEMENT(Window)
    QML_SINGLETON
    Q_PROPERTY(bool visible READ isVisible WRITE setVisible NOTIFY visibleChanged)
    Q_PROPERTY(bool trayAvailable READ trayAvailable NOTIFY trayAvailableChanged)
    Q_PROPERTY(bool active READ isActive NOTIFY activeChanged)
    Q_PROPERTY(QString requestedPage READ requestedPage CONSTANT)
public:
    enum class CloseAction { Hide, Quit };
    Q_ENUM(CloseAction)

    WindowController(Settings *settings, QObject *parent);
    static WindowController *create(QQmlEngine *engine, QJSEngine *);

    bool isVisible() const { return m_visible; }
    void setVisible(bool visible);
    bool trayAvailable() const { return m_trayAvailable; }
    void setTrayAvailable(bool available);
    bool isActive() const { return m_active; } ///< has the keyboard
    void setActive(bool active);
    QString requestedPage() const { return m_requestedPage; } ///< of --page: where to begin; usually empty
    void setRequestedPage(const QString &page) { m_requestedPage = page; }

    CloseAction closeAction() const; ///< what closing the window does now
    /// True the first time a window is hidden on close: the person is told where it went.
    bool takeFirstHide();

    Q_INVOKABLE void requestShow(); ///< shows and raises the window
    Q_INVOKABLE void requestQuit();
    void requestPage(const QString &page); ///< shows the window on that page

Q_SIGNALS:
    void visibleChanged();
    void trayAvailableChanged();
    void activeChanged();
    void showRequested();
    void quitRequested();
    void pageRequested(const QString &page); ///< from the tray: "settings", "host", …

private:
    Settings *m_settings;
    bool m_visible = true;
    bool m_trayAvailable = false;
    bool m_active = true;
    QString m_requestedPage;
};

} // namespace Hubbub::App
