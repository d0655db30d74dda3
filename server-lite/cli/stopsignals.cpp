// SPDX-License-Identifier: MIT
#include "server-lite/cli/stopsignals.h"

#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <unistd.h>

namespace Hubbub
{

namespace
{

// A signal handler has no object to go by.
int pipeEnds[2] = {-1, -1};
constexpr char stopByte = 1;
constexpr char reloadByte = 2;

int openPipe()
{
    if (pipe2(pipeEnds, O_CLOEXEC | O_NONBLOCK) != 0)
        qFatal("cannot open a pipe for signals");
    return pipeEnds[0];
}

} // namespace

StopSignals::StopSignals(QObject *parent)
    : QObject(parent)
    , m_notifier(openPipe(), QSocketNotifier::Read)
{
    connect(&m_notifier, &QSocketNotifier::activated, this, [this] {
        char byte = 0;
        bool stops = false;
        bool reloads = false;
        while (read(pipeEnds[0], &byte, 1) > 0)
            (byte == reloadByte ? reloads : stops) = true;
        if (reloads)
            Q_EMIT reloadRequested();
        if (stops)
            Q_EMIT stopRequested();
    });
    struct sigaction action = {};
    action.sa_handler = &StopSignals::handle;
    action.sa_flags = SA_RESTART;
    sigaction(SIGTERM, &action, nullptr);
    sigaction(SIGINT, &action, nullptr);
}

void StopSignals::watchReload()
{
    struct sigaction action = {};
    action.sa_handler = &StopSignals::handle;
    action.sa_flags = SA_RESTART;
    sigaction(SIGHUP, &action, nullptr);
}

StopSignals::~StopSignals()
{
    std::signal(SIGHUP, SIG_DFL);
    std::signal(SIGTERM, SIG_DFL);
    std::signal(SIGINT, SIG_DFL);
    m_notifier.setEnabled(false);
    close(pipeEnds[0]);
    close(pipeEnds[1]);
}

void StopSignals::handle(int signal)
{
    const int kept = errno;
    const bool stops = signal != SIGHUP;
    if (stops) { // whichever of the two comes next
        std::signal(SIGTERM, SIG_DFL);
        std::signal(SIGINT, SIG_DFL);
    }
    const char byte = stops ? stopByte : reloadByte;
    std::ignore = write(pipeEnds[1], &byte, 1);
    errno = kept;
}

} // namespace Hubbub
