// SPDX-License-Identifier: MIT
#include "app/shell/clipboard.h"

#include "app/shell/application.h"

namespace Hubbub::App
{

Clipboard *Clipboard::create(QQmlEngine *engine, QJSEngine *)
{
    return Application::of(engine)->forQml(Application::of(engine)->clipboard());
}

} // namespace Hubbub::App
