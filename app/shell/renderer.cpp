// SPDX-License-Identifier: MIT
#include "app/shell/renderer.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
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

/// Whether the kernel has anything OpenGL could draw with: DRM's render nodes, or the devices of NVIDIA's own
/// driver and of Windows' Linux. Asking OpenGL itself where there is none loads Mesa's imitation with LLVM,
/// some 55 MB that never go away.
bool hasGraphicsDevice()
{
    return !QDir(u"/dev/dri"_s).entryList({u"renderD*"_s}, QDir::System).isEmpty()
           || QFile::exists(u"/dev/nvidiactl"_s) || QFile::exists(u"/dev/dxg"_s);
}

bool drawsOnCard()
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
    if (forceSoftware || !hasGraphicsDevice() || !drawsOnCard())
        QQuickWindow::setGraphicsApi(QSGRendererInterface::Software);
#else
    if (forceSoftware)
        QQuickWindow::setGraphicsApi(QSGRendererInterface::Software);
#endif
}

} // namespace Hubbub::App
