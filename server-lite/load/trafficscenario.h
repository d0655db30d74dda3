// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/load/scenario.h"

namespace Load
{

/// What scenarios with events have in common: clients join, step by step; then the same traffic warms up and
/// is measured. Each answer makes room for the next event, or with --rate each event has its due time.
/// Thread: one.
class TrafficScenario : public Scenario
{
public:
    void run() final;
    std::string complaint() const override;

protected:
    using Scenario::Scenario;

    virtual bool prepare() { return true; } ///< behind each step's joining; false if it cannot go on
    virtual void start() = 0; ///< puts as many events in flight as may be
    virtual void emitDue(std::int64_t due) = 0; ///< one more event, timed from then
    virtual std::size_t inFlight() const = 0; ///< operations not ended
    virtual std::string needs() const = 0; ///< what the server has to do, as part of a sentence

    void countOperation(std::int64_t since);
    bool isFlowing() const { return m_phase == Phase::Flowing; } ///< an answer makes room for an event
    bool isPaced() const;

private:
    enum class Phase : std::uint8_t { Joining, Flowing, Draining };

    void measureFor(double seconds);
    void runPaced(std::int64_t until);
    void drain();

    Phase m_phase = Phase::Joining;
    bool m_wasAnswered = false;
    bool m_hasStarted = false;
};

} // namespace Load
