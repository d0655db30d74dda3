// SPDX-License-Identifier: MIT
// Shows a QML file to a server, as chat-window FILE URL; what it prints comes from there.
#include <QtCore/QCoreApplication>
#include <QtCore/QUrl>
#include <QtQml/QQmlApplicationEngine>

#ifdef LINKED
#include <QtQml/QQmlExtensionPlugin>
Q_IMPORT_QML_PLUGIN(Hubbub_SocketIoPlugin)
#endif

int main(int argc, char **argv)
{
    QCoreApplication program(argc, argv);
    QQmlApplicationEngine engine;
#ifdef LINKED
    engine.addImportPath(QStringLiteral(":/qt/qml"));
#endif
    engine.setInitialProperties({{QStringLiteral("server"), QUrl(program.arguments().at(2))}});
    engine.load(QUrl::fromLocalFile(program.arguments().at(1)));
    return engine.rootObjects().isEmpty() ? 1 : program.exec();
}
