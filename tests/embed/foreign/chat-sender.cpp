// SPDX-License-Identifier: MIT
// Says something for certain and ends when the server has it: chat-sender URL FILE TEXT. Without a URL it
// only keeps it.
#include <libclient/client/manager.h>
#include <libclient/client/socket.h>
#include <libclient/outbox/outboxcourier.h>

#include <QtCore/QCoreApplication>

#include <cstdio>

int main(int argc, char **argv)
{
    QCoreApplication program(argc, argv);
    const QString url = program.arguments().at(1);
    const QString text = program.arguments().at(3);
    Hubbub::Outbox outbox(program.arguments().at(2));
    if (const auto opened = outbox.open(); !opened) {
        std::fprintf(stderr, "%s\n", qPrintable(opened.error().message));
        return 1;
    }
    if (!text.isEmpty())
        outbox.enqueue("room", "say", {{QStringLiteral("text"), text}});
    if (url.isEmpty())
        return 0; // the outbox waits until it is on disk
    SocketIo::Manager manager{QUrl(url)};
    Hubbub::OutboxCourier courier(&outbox, manager.socket());
    QObject::connect(&outbox, &Hubbub::Outbox::removed, &program, [&] {
        if (outbox.count() == 0)
            QCoreApplication::quit();
    });
    return program.exec();
}
