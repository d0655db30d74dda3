// SPDX-License-Identifier: MIT
// The floor for the app: one window of Qt's Basic controls with a list of 100 000 rows, on the same
// libraries.
#include <QtCore/QLoggingCategory>
#include <QtQml/QQmlApplicationEngine>
#include <QtQuick/QQuickWindow>
#include <QtQuick/QSGRendererInterface>
#include <QtWidgets/QApplication>

namespace
{
Q_LOGGING_CATEGORY(lcWindow, "hubbub.shell.window", QtInfoMsg)
}

int main(int argc, char **argv)
{
    QApplication program(argc, argv);
    QQuickWindow::setGraphicsApi(QSGRendererInterface::Software);
    QQmlApplicationEngine engine;
    engine.load(QUrl(QStringLiteral("qrc:/qt/qml/Hubbub/Bench/List.qml")));
    auto *window = qobject_cast<QQuickWindow *>(engine.rootObjects().value(0));
    if (!window)
        return 1;
    QObject::connect(
        window, &QQuickWindow::frameSwapped, &program, [] { qCDebug(lcWindow) << "first frame"; },
        Qt::SingleShotConnection);
    window->show();
    return QApplication::exec();
}
