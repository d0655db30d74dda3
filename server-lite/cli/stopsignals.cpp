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
        while (read(pipeEnds[0], &byte, 1) > 0) { }
        Q_EMIT stopRequested();
    });
    struct sigaction action = {};
    action.sa_handler = &StopSignals::handle;
    action.sa_flags = int(SA_RESTART | SA_RESETHAND);
    sigaction(SIGTERM, &action, nullptr);
    sigaction(SIGINT, &action, nullptr);
}

StopSignals::~StopSignals()
{
    std::signal(SIGTERM, SIG_DFL);
    std::signal(SIGINT, SIG_DFL);
    m_notifier.setEnabled(false);
    close(pipeEnds[0]);
    close(pipeEnds[1]);
}

void StopSignals::handle(int)
{
    const int kept = errno;
    const char byte = 1;
    std::ignore = write(pipeEnds[1], &byte, 1);
    errno = kept;
}

} // namespace Hubbub
