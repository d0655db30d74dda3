// SPDX-License-Identifier: MIT
// A server that says everything to everybody, takes each message once, and answers its sender.
#include <server-lite/core/server.h>
#include <server-lite/core/serversocket.h>

#include <QtCore/QCoreApplication>
#include <QtCore/QSet>

#include <cstdio>

int main(int argc, char **argv)
{
    QCoreApplication program(argc, argv);
    SocketIo::Server server;
    QSet<QString> ids;
    QObject::connect(server.sockets(), &SocketIo::Namespace::connection, &server,
                     [&](SocketIo::ServerSocket *socket) {
                         socket->on("say", socket, [&](const QCborMap &said, SocketIo::Ack ack) {
                             const QString id = said.value(QStringLiteral("clientMessageId")).toString();
                             if (id.isEmpty() || !ids.contains(id))
                                 server.emitEvent("said", said.value(QStringLiteral("text")).toString());
                             ids.insert(id);
                             ack({QCborMap{{QStringLiteral("success"), true}}});
                         });
                     });
    if (!server.listen(QHostAddress::LocalHost, 0))
        return 1;
    std::printf("%s\n", qPrintable(server.url().toString()));
    std::fflush(stdout);
    return program.exec();
}
