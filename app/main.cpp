// SPDX-License-Identifier: MIT
#include "app/demo/demo.h"
#include "app/host/hostcontroller.h"
#include "app/shell/application.h"
#include "app/shell/browser.h"
#include "app/shell/clipboard.h"
#include "app/shell/commandline.h"
#include "app/shell/departure.h"
#include "app/shell/mainwindow.h"
#include "app/shell/renderer.h"
#include "app/shell/screenshot.h"
#include "app/shell/servers.h"
#include "app/shell/settings.h"
#include "app/shell/singleinstance.h"
#include "app/shell/trayicon.h"
#include "app/shell/windowcontroller.h"
#include "qml/Ui/fonts.h"
#include "qml/Ui/mark.h"
#include "server-lite/cli/stopsignals.h"

#include <QtCore/QTemporaryDir>
#include <QtGui/QClipboard>
#include <QtGui/QDesktopServices>
#include <QtGui/QIcon>
#include <QtQml/QQmlApplicationEngine>
#include <QtQml/QQmlExtensionPlugin>
#include <QtQuick/QQuickWindow>
#include <QtWidgets/QApplication>

#include <cstdio>

Q_IMPORT_QML_PLUGIN(Hubbub_AppPlugin)
Q_IMPORT_QML_PLUGIN(Hubbub_UiPlugin)
Q_IMPORT_QML_PLUGIN(Hubbub_Ui_CorePlugin)
Q_IMPORT_QML_PLUGIN(Hubbub_ChatPlugin)
Q_IMPORT_QML_PLUGIN(Hubbub_ConsolePlugin)
Q_IMPORT_QML_PLUGIN(Hubbub_HostPlugin)
Q_IMPORT_QML_PLUGIN(Hubbub_SettingsPlugin)
Q_IMPORT_QML_PLUGIN(Hubbub_ShellPlugin)

using namespace Qt::StringLiterals;
using namespace Hubbub::App;

namespace
{

void nameProgram()
{
    QCoreApplication::setApplicationName(u"hubbub"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(HUBBUB_VERSION));
}

/// Needs no application object: --help must work where there is no display, and a first application that ends
/// before the real one begins would take what Qt Quick tells a screen reader with it.
Hubbub::Result<CommandLine> readCommandLine(int argc, char **argv)
{
    QStringList arguments;
    for (int i = 0; i < argc; ++i)
        arguments.append(QString::fromLocal8Bit(argv[i]));
    return CommandLine::parse(arguments);
}

void announceHosting(HostController *host)
{
    QObject::connect(host, &HostController::stateChanged, host, [host] {
        if (host->state() == HostController::Running) {
            std::printf("hosting on %s\n", qPrintable(host->url()));
            std::fflush(stdout);
        } else if (host->state() == HostController::Failed) {
            std::fprintf(stderr, "hubbub: %s\n", qPrintable(host->error()));
        }
    });
}

void begin(const CommandLine &line, Application &application)
{
    if (!line.name.isEmpty())
        application.settings()->setName(line.name);
    if (line.theme)
        application.settings()->overrideTheme(*line.theme);
    application.window()->setRequestedPage(line.page);
    announceHosting(application.host());
    if (line.demo) {
        (new Demo(&application))->start();
        return;
    }
    application.servers()->restore();
    if (line.hostNow)
        application.host()->start(line.room, line.port);
    if (!line.connectTo.isEmpty() && !application.servers()->connectTo(line.connectTo))
        std::fprintf(stderr, "hubbub: %s\n", qPrintable(application.servers()->lastError()));
}

/// Whether a picture taken now shows what was asked for: with a server on its way, it has to have arrived.
bool isPresentable(const CommandLine &line, const Application &application)
{
    const auto *demo = application.findChild<const Demo *>();
    if (demo && !demo->isOpen())
        return false;
    const ServerSession *session = application.servers()->current();
    if (!session)
        return !line.demo && !line.hostNow && line.connectTo.isEmpty();
    const Room *room = session->chat()->currentRoom();
    const bool chatReady = session->link()->isOnline() && room && room->isJoined();
    return line.page == "console"_L1 ? session->console()->nodes()->count() > 0 : chatReady;
}

int run(const CommandLine &line, QApplication &program)
{
    const QTemporaryDir demoDir; // a demo leaves nothing behind
    const bool ownDemo = line.demo && line.profileDir.isEmpty();
    if (ownDemo)
        Demo::prepareProfile(demoDir.path());
    Application application(ownDemo ? demoDir.path() : line.profileDir);
    SingleInstance instance(application.profile().usableDir());
    if (!instance.claim()) {
        if (instance.handOver(line.connectTo))
            return 0;
        std::fprintf(stderr, "hubbub: it is running already, but does not answer\n");
        return 1;
    }
    QObject::connect(application.clipboard(), &Clipboard::copied, &program,
                     [](const QString &text) { QGuiApplication::clipboard()->setText(text); });
    QObject::connect(application.browser(), &Browser::opened, &program, &QDesktopServices::openUrl);
    begin(line, application);

    QQmlApplicationEngine engine;
    application.attach(&engine);
    engine.addImportPath(u":/qt/qml"_s);
    engine.load(QUrl(u"qrc:/qt/qml/Hubbub/Shell/MainWindow.qml"_s));
    auto *window = qobject_cast<QQuickWindow *>(engine.rootObjects().value(0));
    if (!window)
        return 1;
    if (line.size)
        window->resize(*line.size);
    TrayIcon tray(&application, &program);
    MainWindow mainWindow(window, &application);
    QObject::connect(&mainWindow, &MainWindow::hiddenFirstTime, &tray, &TrayIcon::explainHiding);
    QObject::connect(&instance, &SingleInstance::startedAgain, &application,
                     [&application](const QString &url) {
                         application.window()->requestShow();
                         if (!url.isEmpty())
                             application.servers()->connectTo(url);
                     });
    window->show();
    if (!line.screenshot.isEmpty())
        new Screenshot(window, line.screenshot, [&] { return isPresentable(line, application); });
    const Hubbub::StopSignals signalled;
    QObject::connect(&signalled, &Hubbub::StopSignals::stopRequested, application.departure(),
                     &Departure::leave);
    const int code = QApplication::exec();
    application.departure()
        ->waitUntilGone(); // if something else ended the loop: the session's end, a screenshot
    return code;
}

} // namespace

int main(int argc, char **argv)
{
    const auto line = readCommandLine(argc, argv);
    if (!line) {
        std::fprintf(stderr, "hubbub: %s\nTry --help.\n", qPrintable(line.error().message));
        return 2;
    }
    if (!line->answer.isEmpty()) {
        std::fputs(qPrintable(line->answer), stdout);
        return 0;
    }
    QApplication program(argc, argv);
    nameProgram();
    QGuiApplication::setApplicationDisplayName(u"Hubbub"_s);
    QGuiApplication::setWindowIcon(Hubbub::Ui::markIcon());
    QGuiApplication::setDesktopFileName(u"io.github.hubbub.Hubbub"_s);
    QApplication::setQuitOnLastWindowClosed(false);
    chooseRenderer(line->software);
    if (line->rightToLeft)
        QGuiApplication::setLayoutDirection(Qt::RightToLeft);
    Hubbub::Ui::loadFonts();
    return run(*line, program);
}
