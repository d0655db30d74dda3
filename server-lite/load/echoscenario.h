// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/load/trafficscenario.h"

#include <deque>
#include <vector>

namespace Load
{

/// Every client emits and waits for the ack. An operation is an ack. Thread: one.
class EchoScenario final : public TrafficScenario
{
public:
    EchoScenario(const Options &options, Swarm &swarm, Recorder &recorder);

    void acknowledged(Client &client, std::uint64_t id) override;
    void lost(Client &client) override;

private:
    void start() override;
    void emitDue(std::int64_t due) override;
    std::size_t inFlight() const override { return m_inFlight; }
    std::string needs() const override { return "acknowledge it"; }
    void emit(Client &client, std::int64_t due);

    /// What one client waits for. Acks may come in any order.
    struct Waiting {
        std::uint64_t first = 0; ///< id of the front of `since`
        std::deque<std::int64_t> since; ///< nanoseconds; 0 if its ack came
    };

    std::vector<Waiting> m_waiting; ///< by client
    std::size_t m_inFlight = 0;
    std::size_t m_next = 0; ///< whose turn it is when paced
    std::string m_rest; ///< of each packet, behind the id
};

} // namespace Load
