// SPDX-License-Identifier: MIT
#include "qml/Ui/Core/themecontroller.h"
#include "qml/Ui/fonts.h"
#include "qml/Ui/mark.h"
#include "qml/Ui/trayicon.h"
#include "resources/resources.h"

#include <QtCore/QCommandLineParser>
#include <QtCore/QDir>
#include <QtCore/QTimer>
#include <QtGui/QPainter>
#include <QtQml/QQmlContext>
#include <QtQml/QQmlEngine>
#include <QtQml/QQmlExtensionPlugin>
#include <QtQuick/QQuickView>
#include <QtWidgets/QApplication>

#include <cstdio>

Q_IMPORT_QML_PLUGIN(Hubbub_UiPlugin)

using namespace Hubbub;
using namespace Qt::StringLiterals;

namespace
{

int warnings = 0;

void countWarnings(QtMsgType type, const QMessageLogContext &, const QString &text)
{
    if (type != QtDebugMsg && type != QtInfoMsg)
        ++warnings;
    std::fprintf(stderr, "%s\n", qPrintable(text));
}

// The marks and tray states, as QML has no type for a tray icon.
QImage traySheet(bool darkPanel)
{
    using Ui::TrayState;
    const QList<std::pair<TrayState, int>> rows = {{TrayState::Online, 0},   {TrayState::Offline, 0},
                                                   {TrayState::Hosting, 0},  {TrayState::Unread, 3},
                                                   {TrayState::Mention, 12}, {TrayState::Untrusted, 0}};
    QImage sheet(240, 230, QImage::Format_ARGB32_Premultiplied);
    sheet.fill(darkPanel ? QColor(0x19, 0x1e, 0x26) : QColor(0xf6, 0xf7, 0xf9));
    QPainter painter(&sheet);
    for (qsizetype row = 0; row < rows.size(); ++row) {
        int x = 20;
        for (const int size : {16, 22, 24, 32, 64}) {
            const QImage icon = Ui::trayImage(rows[row].first, rows[row].second, darkPanel, size);
            painter.drawImage(x, static_cast<int>(row) * 34 + 25 - qMin(size, 40) / 2,
                              icon.height() > 34 ? icon.scaled(34, 34) : icon);
            x += size + 16;
        }
    }
    return sheet;
}

bool savePictures(QQuickView &view, const QDir &folder)
{
    bool saved = true;
    for (const QString &page : {u"StatesPage"_s, u"DataPage"_s, u"IconsPage"_s}) {
        for (const auto mode : {Ui::ThemeController::Light, Ui::ThemeController::Dark}) {
            Ui::ThemeController::instance()->setMode(mode);
            view.setSource(QUrl(u"qrc:/qt/qml/Hubbub/Gallery/%1.qml"_s.arg(page)));
            view.show();
            // Popups and skeletons come in a moment later; let their timers run.
            QEventLoop loop;
            QTimer::singleShot(700, &loop, &QEventLoop::quit);
            loop.exec();
            const QString name = page.toLower().chopped(4)
                                 + (mode == Ui::ThemeController::Dark ? u"-dark.png"_s : u"-light.png"_s);
            saved = view.grabWindow().save(folder.filePath(name)) && saved;
        }
    }
    for (const int size : {16, 32, 48, 128, 512})
        saved = Ui::markImage(size).save(folder.filePath(u"mark-%1.png"_s.arg(size))) && saved;
    saved = traySheet(false).save(folder.filePath(u"tray-light.png"_s)) && saved;
    return traySheet(true).save(folder.filePath(u"tray-dark.png"_s)) && saved;
}

} // namespace

int main(int argc, char **argv)
{
    qInstallMessageHandler(countWarnings);
    QApplication app(argc, argv);
    QCommandLineParser parser;
    parser.setApplicationDescription(u"Shows every control of Hubbub.Ui."_s);
    const QCommandLineOption out(u"out"_s, u"Write pictures into this folder and end."_s, u"folder"_s);
    const QCommandLineOption dark(u"dark"_s, u"Start with the dark theme."_s);
    parser.addOptions({out, dark});
    parser.addHelpOption();
    parser.process(app);

    if (!Ui::loadFonts())
        return 1;
    Ui::ThemeController::instance()->setMode(parser.isSet(dark) ? Ui::ThemeController::Dark
                                                                : Ui::ThemeController::Light);
    QQuickView view;
    view.engine()->addImportPath(u":/qt/qml"_s);
    view.rootContext()->setContextProperty(u"iconNames"_s, Resources::iconNames());
    if (parser.isSet(out)) {
        const QDir folder(parser.value(out));
        if (!folder.mkpath(u"."_s) || !savePictures(view, folder))
            return 1;
        return warnings == 0 ? 0 : 1;
    }
    view.setSource(QUrl(u"qrc:/qt/qml/Hubbub/Gallery/StatesPage.qml"_s));
    view.show();
    return app.exec();
}
