// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/load/scenario.h"

#include <functional>
#include <queue>
#include <random>
#include <utility>
#include <vector>

namespace Load
{

/// All clients join, and each leaves after a while and comes again at once. An operation is one that came
/// again. Thread: one.
class ChurnScenario final : public Scenario
{
public:
    ChurnScenario(const Options &options, Swarm &swarm, Recorder &recorder)
        : Scenario(options, swarm, recorder)
    {
    }

    void run() override;
    void joined(Client &client) override;
    void lost(Client &client) override;

private:
    using Departure = std::pair<std::int64_t, std::size_t>; ///< when, in nanoseconds, and which client

    void plan(const Client &client);
    void runFor(double seconds);

    std::priority_queue<Departure, std::vector<Departure>, std::greater<>> m_departures;
    std::minstd_rand m_random{std::random_device{}()};
};

} // namespace Load
