// SPDX-License-Identifier: MIT
// Prints the first thing that is said: chat-client URL
#include <libclient/client/manager.h>
#include <libclient/client/socket.h>

#include <QtCore/QCoreApplication>

#include <cstdio>

int main(int argc, char **argv)
{
    QCoreApplication program(argc, argv);
    SocketIo::Manager manager(QUrl(program.arguments().at(1)));
    SocketIo::Socket *socket = manager.socket();
    QObject::connect(socket, &SocketIo::Socket::connected, &program, [] {
        std::puts("connected");
        std::fflush(stdout);
    });
    socket->on("said", &program, [](const QString &text) {
        std::puts(qPrintable(text));
        QCoreApplication::quit();
    });
    return program.exec();
}
