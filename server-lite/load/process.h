// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>

namespace Load
{

/// What a process on this machine has used so far, from /proc/PID/stat. Thread: any; a plain value.
struct Usage {
    double processorSeconds = 0; ///< user and system, all threads
    double residentKib = 0;
};

/// Nothing if there is no such process, or pid is 0.
std::optional<Usage> usageOf(int pid);

double ownProcessorSeconds();
std::int64_t nanoseconds(); ///< of the monotonic clock

} // namespace Load
