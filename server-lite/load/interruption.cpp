// SPDX-License-Identifier: MIT
#include "server-lite/load/interruption.h"

#include <csignal>

namespace Load
{

namespace
{

volatile std::sig_atomic_t interrupted = 0;

void note(int)
{
    interrupted = 1;
}

} // namespace

void Interruption::watch()
{
    struct sigaction action {
    };
    action.sa_handler = note;
    action.sa_flags = int(SA_RESETHAND); // so that the second one does what it does by itself
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
}

bool Interruption::came()
{
    return interrupted;
}

} // namespace Load
