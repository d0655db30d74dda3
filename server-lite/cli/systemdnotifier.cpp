// SPDX-License-Identifier: MIT
#include "server-lite/cli/systemdnotifier.h"

#include <QtCore/QCoreApplication>

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace Hubbub
{

SystemdNotifier::SystemdNotifier(QObject *parent)
    : QObject(parent)
    , m_socket(qgetenv("NOTIFY_SOCKET"))
{
    qunsetenv("NOTIFY_SOCKET");
    if (isWanted())
        startWatchdog();
}

void SystemdNotifier::startWatchdog()
{
    const auto limit = qgetenv("WATCHDOG_USEC").toLongLong();
    const auto process = qgetenv("WATCHDOG_PID");
    qunsetenv("WATCHDOG_USEC");
    qunsetenv("WATCHDOG_PID");
    if (limit <= 0 || (!process.isEmpty() && process.toLongLong() != QCoreApplication::applicationPid()))
        return;
    connect(&m_watchdog, &QTimer::timeout, this, [this] { send("WATCHDOG=1"); });
    // Source: sd_watchdog_enabled(3): every half of the time.
    m_watchdog.start(std::max(std::chrono::milliseconds(1), std::chrono::milliseconds(limit / 2000)));
}

void SystemdNotifier::ready(const QString &status)
{
    send("READY=1\nSTATUS=" + status.toUtf8());
}

void SystemdNotifier::stopping(const QString &status, std::chrono::seconds atMost)
{
    send("STOPPING=1\nSTATUS=" + status.toUtf8()
         + "\nEXTEND_TIMEOUT_USEC=" + QByteArray::number(qint64(std::chrono::microseconds(atMost).count())));
}

void SystemdNotifier::send(const QByteArray &state) const
{
    sockaddr_un address = {};
    address.sun_family = AF_UNIX;
    if (!isWanted() || size_t(m_socket.size()) >= sizeof address.sun_path)
        return;
    std::memcpy(address.sun_path, m_socket.constData(), size_t(m_socket.size()));
    if (m_socket.startsWith('@'))
        address.sun_path[0] = '\0';
    const int socket = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (socket < 0)
        return;
    const auto size = socklen_t(offsetof(sockaddr_un, sun_path) + size_t(m_socket.size()));
    std::ignore = ::sendto(socket, state.constData(), size_t(state.size()), MSG_NOSIGNAL,
                           reinterpret_cast<const sockaddr *>(&address), size);
    ::close(socket);
}

} // namespace Hubbub
