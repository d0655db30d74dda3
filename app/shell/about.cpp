// SPDX-License-Identifier: MIT
#include "app/shell/about.h"

#include "app/shell/application.h"

#include <QtCore/QLibraryInfo>
#include <QtCore/QSysInfo>

namespace Hubbub::App
{

About *About::create(QQmlEngine *engine, QJSEngine *)
{
    return Application::of(engine)->forQml(Application::of(engine)->about());
}

QString About::version() const
{
    return QStringLiteral(HUBBUB_VERSION);
}

QString About::qtVersion() const
{
    return QLibraryInfo::version().toString();
}

QString About::platform() const
{
    return QSysInfo::prettyProductName();
}

} // namespace Hubbub::App
