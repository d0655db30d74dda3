// SPDX-License-Identifier: MIT
#pragma once

#include "tests/bench/load/histogram.h"
#include "tests/bench/load/options.h"
#include "tests/bench/load/process.h"

#include <cstdint>
#include <optional>
#include <string>

namespace Load
{

/// What a scenario measured between begin() and finish(), and how it is told. Thread: one.
class Result
{
public:
    explicit Result(const Options &options)
        : m_options(options)
    {
    }
    void begin();
    void finish();

    Histogram latency; ///< of operations that ended while measuring
    std::uint64_t operations = 0; ///< connects, acks or deliveries; connections when idle
    std::uint64_t lost = 0;
    std::string whyLost;
    std::string note; ///< what makes the figures doubtful, for people; empty if nothing does

    void print() const;
    bool writeJson() const; ///< to Options::json; false, and said, if it cannot be written

private:
    double rate() const { return m_seconds > 0 ? double(operations) / m_seconds : 0; }
    double generatorBusy() const { return m_seconds > 0 ? m_ownAfter / m_seconds : 0; }
    double serverSeconds() const;
    double perOperation() const; ///< the server's processor time, in microseconds
    double kibPerConnection() const;

    const Options &m_options;
    std::optional<Usage> m_before;
    std::optional<Usage> m_after;
    std::int64_t m_beganAt = 0;
    double m_seconds = 0;
    double m_ownBefore = 0;
    double m_ownAfter = 0;
};

} // namespace Load
