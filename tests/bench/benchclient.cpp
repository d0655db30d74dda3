// SPDX-License-Identifier: MIT
// bench-client URL: joins the namespace / over WebSocket, counts "new-message" events until "done", and
// prints what they cost: "N events R/s cpu/event Uus". Emits "start" once connected, for servers that wait
// for it. Arguments are read, as a program would: the first one is decoded for each event.
#include "libclient/client/manager.h"
#include "libclient/client/socket.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QElapsedTimer>

#include <cstdio>
#include <ctime>

using namespace Qt::StringLiterals;

namespace
{

/// Processor time of this process, user and system, in microseconds.
double processorTime()
{
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1e6 + double(now.tv_nsec) / 1e3;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    if (argc != 2) {
        std::fputs("usage: bench-client URL\n", stderr);
        return 2;
    }
    SocketIo::ManagerOptions options;
    options.reconnection = false;
    SocketIo::Manager manager(QUrl::fromUserInput(QString::fromLocal8Bit(argv[1])), options);
    SocketIo::Socket *socket = manager.socket();

    qint64 events = 0;
    double processorStart = 0;
    QElapsedTimer clock;
    socket->on(u"new-message"_s, socket, [&](const SocketIo::Event &event) {
        if (events++ == 0) {
            processorStart = processorTime();
            clock.start();
        }
        if (event.arguments.at(0).isUndefined())
            std::fputs("an event without a message\n", stderr);
    });
    socket->on(u"done"_s, socket, [&](const SocketIo::Event &) {
        const double seconds = double(clock.nsecsElapsed()) / 1e9;
        const double microseconds = processorTime() - processorStart;
        const double counted = double(qMax<qint64>(events, 1));
        std::printf("%lld events %.0f/s cpu/event %.2fus\n", static_cast<long long>(events),
                    counted / seconds, microseconds / counted);
        std::fflush(stdout);
        QCoreApplication::exit(events > 0 ? 0 : 1);
    });
    QObject::connect(socket, &SocketIo::Socket::connected, socket, [socket] {
        if (!socket->emitEvent(u"start"_s))
            QCoreApplication::exit(1);
    });
    QObject::connect(
        socket, &SocketIo::Socket::stateChanged, socket, [socket](SocketIo::ConnectionState state) {
            if (state != SocketIo::ConnectionState::Closed && state != SocketIo::ConnectionState::Refused)
                return;
            std::fprintf(stderr, "%s\n", qPrintable(socket->lastError().message));
            QCoreApplication::exit(1);
        });
    return QCoreApplication::exec();
}
