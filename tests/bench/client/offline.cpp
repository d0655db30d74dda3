// SPDX-License-Identifier: MIT
#include "libclient/client/manager.h"
#include "libclient/client/socket.h"
#include "tests/bench/client/scenarios.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QTimer>

#include <cstdio>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

int emitOffline(const QUrl &url, int count)
{
    SocketIo::ManagerOptions options;
    options.autoConnect = false;
    options.maxBufferedPackets = count;
    SocketIo::Manager manager(url, options);
    SocketIo::Socket *socket = manager.socket();

    const QString text = u"x"_s.repeated(64);
    const double before = processorTime();
    for (int i = 0; i < count; ++i) {
        if (const auto kept = socket->emitEvent(u"bcast"_s, i, text); !kept) {
            std::fprintf(stderr, "%s\n", qPrintable(kept.error().message));
            return 1;
        }
    }
    const double enqueue = (processorTime() - before) / 1e3;

    // A timer that is always due sees every turn of the loop, from the opened connection on.
    double lastTurn = 0;
    double longestTurn = 0;
    QTimer turns;
    QObject::connect(&turns, &QTimer::timeout, socket, [&] {
        const double now = processorTime();
        longestTurn = std::max(longestTurn, (now - lastTurn) / 1e3);
        lastTurn = now;
    });
    QObject::connect(&manager, &SocketIo::Manager::opened, socket, [&] {
        lastTurn = processorTime();
        turns.start(0ms);
    });

    int next = 0;
    bool inOrder = true;
    socket->on(u"bcast"_s, socket, [&](int number) {
        inOrder = inOrder && number == next;
        if (++next < count)
            return;
        std::printf(R"({"events":%d,"inOrder":%s,"enqueueMilliseconds":%.3f,"longestTurnMilliseconds":%.3f})"
                    "\n",
                    count, inOrder ? "true" : "false", enqueue, longestTurn);
        std::fflush(stdout);
        QCoreApplication::exit(inOrder ? 0 : 1);
    });
    QObject::connect(socket, &SocketIo::Socket::eventDropped, socket,
                     [](const QString &, const Hubbub::Error &error) {
                         std::fprintf(stderr, "%s\n", qPrintable(error.message));
                         QCoreApplication::exit(1);
                     });
    socket->connectToServer();
    return QCoreApplication::exec();
}
