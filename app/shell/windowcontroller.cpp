// SPDX-License-Identifier: MIT
#include "app/shell/windowcontroller.h"

#include "app/shell/application.h"
#include "app/shell/settings.h"

namespace Hubbub::App
{

using namespace Qt::StringLiterals;

WindowController::WindowController(Settings *settings, QObject *parent)
    : QObject(parent)
    , m_settings(settings)
{
}

WindowController *WindowController::create(QQmlEngine *engine, QJSEngine *)
{
    return Application::of(engine)->forQml(Application::of(engine)->window());
}

void WindowController::setVisible(bool visible)
{
    if (m_visible == visible)
        return;
    m_visible = visible;
    Q_EMIT visibleChanged();
}

void WindowController::setTrayAvailable(bool available)
{
    if (m_trayAvailable == available)
        return;
    m_trayAvailable = available;
    Q_EMIT trayAvailableChanged();
}

void WindowController::setActive(bool active)
{
    if (m_active == active)
        return;
    m_active = active;
    Q_EMIT activeChanged();
}

WindowController::CloseAction WindowController::closeAction() const
{
    return m_trayAvailable && m_settings->closeToTray() ? CloseAction::Hide : CloseAction::Quit;
}

bool WindowController::takeFirstHide()
{
    const bool first = !m_settings->remembered(u"window/hideExplained"_s).toBool();
    m_settings->remember(u"window/hideExplained"_s, true);
    return first;
}

void WindowController::requestShow()
{
    setVisible(true);
    Q_EMIT showRequested();
}

void WindowController::requestPage(const QString &page)
{
    requestShow();
    Q_EMIT pageRequested(page);
}

void WindowController::requestQuit()
{
    Q_EMIT quitRequested();
}

} // namespace Hubbub::App
