// SPDX-License-Identifier: MIT
#include "app/shell/renderer.h"

#include <QtGui/QGuiApplication>
#include <QtGui/QOffscreenSurface>
#include <QtGui/QOpenGLContext>
#include <QtGui/QOpenGLFunctions>
#include <QtQuick/QQuickWindow>
#include <QtQuick/QSGRendererInterface>

#include <algorithm>
#include <array>

namespace Hubbub::App
{

using namespace Qt::StringLiterals;

namespace
{

bool hasGraphicsCard()
{
    const QString platform = QGuiApplication::platformName();
    if (platform == "offscreen"_L1 || platform == "minimal"_L1 || platform == "vnc"_L1)
        return false;
    QOffscreenSurface surface;
    surface.create();
    QOpenGLContext context;
    if (!surface.isValid() || !context.create() || !context.makeCurrent(&surface))
        return false;
    const auto *name = reinterpret_cast<const char *>(context.functions()->glGetString(GL_RENDERER));
    const QString renderer = QString::fromLatin1(name ? name : "").toLower();
    context.doneCurrent();
    constexpr std::array imitations{"llvmpipe"_L1, "softpipe"_L1, "swrast"_L1, "software"_L1};
    return !renderer.isEmpty()
           && std::none_of(imitations.begin(), imitations.end(),
                           [&renderer](auto imitation) { return renderer.contains(imitation); });
}

} // namespace

void chooseRenderer(bool forceSoftware)
{
    if (!forceSoftware && !qEnvironmentVariableIsEmpty("QT_QUICK_BACKEND"))
        return;
#ifdef Q_OS_LINUX
    if (forceSoftware || !hasGraphicsCard())
        QQuickWindow::setGraphicsApi(QSGRendererInterface::Software);
#else
    if (forceSoftware)
        QQuickWindow::setGraphicsApi(QSGRendererInterface::Software);
#endif
}

} // namespace Hubbub::App
