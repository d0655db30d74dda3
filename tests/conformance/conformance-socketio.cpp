// SPDX-License-Identifier: MIT
#include "tests/conformance/socketioservice.h"

#include <QtCore/QCoreApplication>

#include <cstdio>

/// conformance-socketio PORT: the service of socketioservice.h on all addresses; port 0 picks a free one.
int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    bool ok = false;
    const uint port = app.arguments().value(1).toUInt(&ok);
    if (!ok || port > 65535 || app.arguments().size() != 2) {
        std::fputs("usage: conformance-socketio PORT\n", stderr);
        return 2;
    }
    SocketIo::Server server(SocketIoService::options());
    SocketIoService::install(server);
    if (const auto listening = server.listen(QHostAddress::Any, quint16(port)); !listening) {
        std::fprintf(stderr, "%s\n", qPrintable(listening.error().message));
        return 1;
    }
    std::printf("listening on %s\n", qPrintable(server.url().toString()));
    std::fflush(stdout);
    return app.exec();
}
