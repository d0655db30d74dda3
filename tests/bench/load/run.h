// SPDX-License-Identifier: MIT
#pragma once

#include "tests/bench/load/result.h"
#include "tests/bench/load/swarm.h"

#include <deque>
#include <string>

namespace Load
{

/// Runs one scenario from joining to the result. Thread: one; run() returns when it is over.
class Run final : public Listener
{
public:
    explicit Run(const Options &options);

    const Result &run();

    void joined(Client &client) override;
    void acknowledged(Client &client, std::uint64_t id) override;
    void received(Client &client, std::string_view rest) override;
    void lost(Client &client, const std::string &why) override;

private:
    enum class Phase : std::uint8_t { Joining, Warming, Measuring, Over };

    void runConnect();
    void runIdle();
    void runTraffic();
    void runPaced(std::int64_t until);
    void measureFor(double seconds, Phase phase);
    void emitEcho(Client &client, std::int64_t due);
    void emitBroadcast();
    void countOperation(std::int64_t since);

    struct Broadcast {
        std::int64_t sentAt = 0;
        std::uint64_t missing = 0; ///< clients that have not got it
    };

    Options m_options;
    Result m_result;
    Phase m_phase = Phase::Joining;
    std::string m_payload;
    std::string m_text;
    std::deque<Broadcast> m_broadcasts; ///< those under way
    std::uint64_t m_firstBroadcast = 0; ///< number of the front of m_broadcasts
    Swarm m_swarm;
};

} // namespace Load
