// SPDX-License-Identifier: MIT
#include "server-lite/cli/stopsignals.h"
#include "tests/conformance/engineioecho.h"

#include <QtCore/QCoreApplication>

#include <cstdio>

using namespace std::chrono_literals;

/// interop-engine: Engine.IO alone, on a free port of loopback, path /engine.io/; it sends every message
/// back.
int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    EngineIo::ServerOptions options;
    options.pingInterval = 300ms; // often, for the story of the heartbeat; answers may take their usual time
    EngineIoEcho echo(options);
    if (const auto listening = echo.server().listen(QHostAddress::LocalHost, 0); !listening) {
        std::fprintf(stderr, "%s\n", qPrintable(listening.error().message));
        return 1;
    }
    const Hubbub::StopSignals stopSignals;
    QObject::connect(&stopSignals, &Hubbub::StopSignals::stopRequested, &app, &QCoreApplication::quit);
    std::printf("listening on http://127.0.0.1:%u\n", echo.server().port());
    std::fflush(stdout);
    return app.exec();
}
