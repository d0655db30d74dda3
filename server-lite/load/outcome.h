// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/load/recorder.h"

#include <map>
#include <string>

namespace Load
{

/// What came of a run. Thread: any; a plain value.
struct Outcome {
    enum ExitCode : int {
        Well = 0,
        SomethingLost = 1,
        WrongOptions = 2,
        NobodyJoined = 3,
        Interrupted = 130
    };

    std::string complaint; ///< why the figures mean nothing, as a sentence for people; empty if they do
    bool wasInterrupted = false;
    bool generatorIsBottleneck = false;
    std::uint64_t lost = 0; ///< clients refused, or lost after they had joined
    std::map<std::string, std::uint64_t> whyLost; ///< sentences for people, and how many clients each
    Histogram connects; ///< from the first byte to the namespace's answer, whatever the scenario
    double joinSeconds = 0;
    std::vector<Figures> steps; ///< empty if it never came to measuring
    Figures all;

    int exitCode() const;
};

} // namespace Load
