// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace Load
{

struct Options;
class Recorder;
class Swarm;

/// One line on a terminal that tells how far it is, twice a second; nothing elsewhere. Thread: one.
class Progress
{
public:
    /// All are borrowed and outlive it.
    Progress(const Options &options, const Swarm &swarm, const Recorder &recorder);
    ~Progress(); ///< wipes the line away
    Progress(const Progress &) = delete;
    Progress &operator=(const Progress &) = delete;

    void turn();

private:
    const Options &m_options;
    const Swarm &m_swarm;
    const Recorder &m_recorder;
    bool m_isShown;
    std::int64_t m_beganAt;
    std::int64_t m_next;
};

} // namespace Load
