// SPDX-License-Identifier: MIT
#include "app/shell/application.h"

#include "app/host/hostcontroller.h"
#include "app/shell/about.h"
#include "app/shell/browser.h"
#include "app/shell/clipboard.h"
#include "app/shell/departure.h"
#include "app/shell/servers.h"
#include "app/shell/settings.h"
#include "app/shell/windowcontroller.h"

#include <QtQml/QQmlEngine>

namespace Hubbub::App
{

namespace
{
constexpr const char *propertyName = "hubbubApplication";
}

Application::Application(const QString &profileDir, QObject *parent)
    : QObject(parent)
    , m_profile(profileDir)
    , m_settings(new Settings(m_profile, this))
    , m_clipboard(new Clipboard(this))
    , m_browser(new Browser(this))
    , m_about(new About(this))
    , m_window(new WindowController(m_settings, this))
    , m_servers(new Servers(m_profile, m_settings, this))
    , m_host(new HostController(m_profile, m_settings, m_servers, m_clipboard, this))
    , m_departure(new Departure(m_servers, m_host, this))
{
    connect(m_window, &WindowController::quitRequested, m_departure, &Departure::request);
    connect(m_departure, &Departure::asked, m_window, &WindowController::requestShow);
    connect(m_servers, &Servers::signInUrlChanged, m_window, [this] {
        if (!m_servers->signInUrl().isEmpty())
            m_window->requestPage(QStringLiteral("connect"));
    });
    connect(m_window, &WindowController::activeChanged, m_servers,
            [this] { m_servers->setAttentive(m_window->isActive()); });
}

Application::~Application()
{
    delete m_departure; // it watches both
    // The sessions leave before the server they may be talking to.
    delete m_servers;
    delete m_host;
}

void Application::attach(QQmlEngine *engine)
{
    engine->setProperty(propertyName, QVariant::fromValue<QObject *>(this));
}

Application *Application::of(QQmlEngine *engine)
{
    auto *application = qobject_cast<Application *>(engine->property(propertyName).value<QObject *>());
    Q_ASSERT_X(application, "Application::of", "attach() the engine before it loads anything");
    return application;
}

void Application::keep(QObject *object)
{
    QJSEngine::setObjectOwnership(object, QJSEngine::CppOwnership);
}

} // namespace Hubbub::App
