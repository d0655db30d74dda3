// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/load/outcome.h"
#include "server-lite/load/recorder.h"
#include "server-lite/load/scenario.h"
#include "server-lite/load/swarm.h"

namespace Load
{

/// One scenario from the first connection to what came of it. Thread: one.
class Run final : private Listener
{
public:
    /// The options are borrowed and outlive the run.
    explicit Run(const Options &options);

    Outcome run(); ///< returns when it is over or interrupted

private:
    void joined(Client &client) override;
    void acknowledged(Client &client, std::uint64_t id) override;
    void received(Client &client, std::string_view rest) override;
    void lost(Client &client, bool wasThere, const std::string &why) override;

    const Options &m_options;
    Recorder m_recorder;
    Swarm m_swarm;
    std::unique_ptr<Scenario> m_scenario;
};

} // namespace Load
