// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QObject>

class QQuickWindow;

namespace Hubbub::App
{

class Application;

/// Between the window that QML made and what the app knows of it: shown or hidden, active, closed. Thread:
/// GUI.
class MainWindow : public QObject
{
    Q_OBJECT
public:
    MainWindow(QQuickWindow *window, Application *application);

Q_SIGNALS:
    void hiddenFirstTime(); ///< closed into the tray, for the first time ever

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void show();

    QQuickWindow *m_window;
    Application *m_application;
    bool m_quitting = false;
};

} // namespace Hubbub::App
