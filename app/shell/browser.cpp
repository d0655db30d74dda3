// SPDX-License-Identifier: MIT
#include "app/shell/browser.h"

#include "app/chat/weblinkfinder.h"
#include "app/shell/application.h"

#include <QtCore/QUrl>

namespace Hubbub::App
{

Browser *Browser::create(QQmlEngine *engine, QJSEngine *)
{
    return Application::of(engine)->forQml(Application::of(engine)->browser());
}

void Browser::open(const QString &address)
{
    if (WebLinkFinder::isAddress(address))
        Q_EMIT opened(QUrl(address, QUrl::StrictMode));
}

} // namespace Hubbub::App
