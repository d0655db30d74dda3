// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/load/scenario.h"

namespace Load
{

/// All clients join, leave without a word, and join again. An operation is one that joined. Thread: one.
class ConnectScenario final : public Scenario
{
public:
    ConnectScenario(const Options &options, Swarm &swarm, Recorder &recorder)
        : Scenario(options, swarm, recorder)
    {
    }

    void run() override;
    void joined(Client &client) override;
};

} // namespace Load
