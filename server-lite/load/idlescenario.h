// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/load/scenario.h"

namespace Load
{

/// All clients join and rest. An operation is a connection that rests; a server's first ones also pay for
/// what it loads and caches once, so those are not counted. Thread: one.
class IdleScenario final : public Scenario
{
public:
    IdleScenario(const Options &options, Swarm &swarm, Recorder &recorder)
        : Scenario(options, swarm, recorder)
    {
    }

    void run() override;
};

} // namespace Load
