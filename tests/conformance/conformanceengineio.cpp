// SPDX-License-Identifier: MIT
// conformance-engineio PORT: the server under the official Engine.IO test suite, on all addresses.
#include "tests/conformance/engineioecho.h"

#include <QtCore/QCoreApplication>

#include <cstdio>

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    bool ok = false;
    const quint16 port = argc == 2 ? QByteArray(argv[1]).toUShort(&ok) : 0;
    if (!ok) {
        std::fputs("usage: conformance-engineio PORT\n", stderr);
        return 2;
    }
    EngineIoEcho echo;
    if (const auto listening = echo.server().listen(QHostAddress::Any, port); !listening) {
        std::fprintf(stderr, "%s (%s)\n", qPrintable(listening.error().message),
                     qPrintable(listening.error().cause));
        return 1;
    }
    std::printf("listening on http://localhost:%u\n", echo.server().port());
    std::fflush(stdout);
    return app.exec();
}
