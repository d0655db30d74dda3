// SPDX-License-Identifier: MIT
#include "libclient/client/manager.h"
#include "libclient/client/socket.h"
#include "tests/bench/client/scenarios.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QFile>
#include <QtCore/QTimer>

#include <cstdio>
#include <unistd.h>
#include <vector>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace
{

qint64 residentKib()
{
    QFile file(u"/proc/self/statm"_s);
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const QList<QByteArray> pages = file.readAll().split(' ');
    return pages.value(1).toLongLong() * sysconf(_SC_PAGESIZE) / 1024;
}

} // namespace

int holdSockets(const QUrl &url, int count)
{
    const qint64 before = residentKib();
    std::vector<std::unique_ptr<SocketIo::Manager>> managers;
    int connected = 0;
    const auto report = [&] {
        const qint64 resident = residentKib();
        std::printf(R"({"sockets":%d,"residentKib":%lld,"kibPerSocket":%.2f})"
                    "\n",
                    connected, static_cast<long long>(resident), double(resident - before) / count);
        std::fflush(stdout);
        QCoreApplication::exit(0);
    };
    // One after the other, or the queue of the listener is what is measured.
    const std::function<void()> connectNext = [&] {
        SocketIo::Manager *manager = managers.emplace_back(std::make_unique<SocketIo::Manager>(url)).get();
        QObject::connect(manager->socket(), &SocketIo::Socket::connected, manager, [&] {
            if (++connected < count)
                QTimer::singleShot(0ms, qApp, connectNext);
            else
                QTimer::singleShot(1s, qApp, report); // at rest
        });
        QObject::connect(manager->socket(), &SocketIo::Socket::connectError, manager,
                         [](const Hubbub::Error &error) {
                             std::fprintf(stderr, "%s\n", qPrintable(error.message));
                             QCoreApplication::exit(1);
                         });
    };
    connectNext();
    return QCoreApplication::exec();
}
