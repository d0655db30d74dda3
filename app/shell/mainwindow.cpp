// SPDX-License-Identifier: MIT
#include "app/shell/mainwindow.h"

#include "app/shell/application.h"
#include "app/shell/departure.h"
#include "app/shell/windowcontroller.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QLoggingCategory>
#include <QtGui/QCloseEvent>
#include <QtGui/QGuiApplication>
#include <QtGui/QSessionManager>
#include <QtQuick/QQuickWindow>

namespace Hubbub::App
{

namespace
{
Q_LOGGING_CATEGORY(lcWindow, "hubbub.shell.window", QtInfoMsg)
}

MainWindow::MainWindow(QQuickWindow *window, Application *application)
    : QObject(window)
    , m_window(window)
    , m_application(application)
{
    WindowController *controller = application->window();
    window->installEventFilter(this);
    connect(
        window, &QQuickWindow::frameSwapped, this, [] { qCDebug(lcWindow) << "first frame"; },
        Qt::SingleShotConnection);
    controller->setActive(window->isActive());
    connect(window, &QWindow::activeChanged, controller, [=] { controller->setActive(window->isActive()); });
    connect(window, &QWindow::visibleChanged, controller,
            [=] { controller->setVisible(window->isVisible()); });
    connect(controller, &WindowController::visibleChanged, this, [=, this] {
        if (controller->isVisible() != m_window->isVisible())
            controller->isVisible() ? show() : m_window->hide();
    });
    connect(controller, &WindowController::showRequested, this, &MainWindow::show);
    connect(application->departure(), &Departure::left, this, [this] {
        m_quitting = true;
        QCoreApplication::quit();
    });
    // The end of a session closes every window; one that only hid would hold it up.
    connect(qGuiApp, &QGuiApplication::commitDataRequest, this, [this] { m_quitting = true; });
}

bool MainWindow::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_window || event->type() != QEvent::Close || m_quitting)
        return QObject::eventFilter(watched, event);
    WindowController *controller = m_application->window();
    event->ignore();
    if (controller->closeAction() == WindowController::CloseAction::Quit) {
        controller->requestQuit();
        return true;
    }
    m_window->hide();
    if (controller->takeFirstHide())
        Q_EMIT hiddenFirstTime();
    return true;
}

void MainWindow::show()
{
    if (m_window->visibility() == QWindow::Minimized || !m_window->isVisible())
        m_window->showNormal();
    m_window->raise();
    m_window->requestActivate();
}

} // namespace Hubbub::App
