// SPDX-License-Identifier: MIT
#include "server-lite/load/progress.h"

#include "server-lite/load/options.h"
#include "server-lite/load/recorder.h"
#include "server-lite/load/swarm.h"

#include <unistd.h>

#include <cstdio>

namespace Load
{

namespace
{

constexpr std::int64_t interval = 500'000'000;
constexpr auto wipe = "\r\x1b[K"; // back to the line's start, and empty it

} // namespace

Progress::Progress(const Options &options, const Swarm &swarm, const Recorder &recorder)
    : m_options(options)
    , m_swarm(swarm)
    , m_recorder(recorder)
    , m_isShown(!options.quiet && isatty(STDERR_FILENO))
    , m_beganAt(nanoseconds())
    , m_next(m_beganAt + interval)
{
}

Progress::~Progress()
{
    if (m_isShown)
        std::fputs(wipe, stderr);
}

void Progress::turn()
{
    if (!m_isShown || nanoseconds() < m_next)
        return;
    m_next += interval;
    std::fprintf(stderr, "%s%.0f s: %zu of %d clients", wipe, double(nanoseconds() - m_beganAt) / 1e9,
                 m_swarm.there(), m_options.clients);
    if (m_recorder.isMeasuring())
        std::fprintf(stderr, ", %llu operations", static_cast<unsigned long long>(m_recorder.operations()));
    if (m_swarm.lost())
        std::fprintf(stderr, ", %llu lost", static_cast<unsigned long long>(m_swarm.lost()));
    std::fflush(stderr);
}

} // namespace Load
