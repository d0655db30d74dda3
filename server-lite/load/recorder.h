// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/load/histogram.h"
#include "server-lite/load/process.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace Load
{

struct Options;

/// What one measurement found. Thread: any; a plain value.
struct Figures {
    std::size_t clients = 0; ///< that were there
    double seconds = 0;
    std::uint64_t operations = 0; ///< joins, acks or deliveries; connections when idle
    Histogram latency;
    std::optional<Usage> before; ///< of the server
    std::optional<Usage> after;
    double ownSeconds = 0; ///< the generator's processor time

    double perSecond() const { return seconds > 0 ? double(operations) / seconds : 0; }
    double generatorBusy() const { return seconds > 0 ? ownSeconds / seconds : 0; }
    double serverSeconds() const;
    double serverMicrosecondsEach() const;
    double serverKibEach() const; ///< that its memory grew by, for each operation
};

/// Takes down what a scenario does while it measures. Thread: one.
class Recorder
{
public:
    /// The options are borrowed and outlive the recorder.
    explicit Recorder(const Options &options)
        : m_options(options)
    {
    }

    void begin(std::size_t clients);
    void finish(); ///< keeps the figures as one more step; nothing if it does not measure
    bool isMeasuring() const { return m_isMeasuring; }
    /// An operation that began at `since`, in nanoseconds of the monotonic clock, has just ended. False once
    /// there are as many as were asked for.
    bool count(std::int64_t since);
    /// Without count(): of so many clients, so many operations.
    void setOperations(std::size_t clients, std::uint64_t operations)
    {
        m_now.clients = clients;
        m_now.operations = operations;
    }

    Histogram connects; ///< every join, from its first byte to the namespace's answer
    double joinSeconds = 0; ///< in which all of them joined

    const std::vector<Figures> &steps() const { return m_steps; }
    std::uint64_t operations() const { return m_now.operations; } ///< of the measurement under way
    Figures all() const; ///< all steps in one: latencies merged, times and operations added

private:
    const Options &m_options;
    bool m_isMeasuring = false;
    std::int64_t m_beganAt = 0;
    Figures m_now;
    std::vector<Figures> m_steps;
};

} // namespace Load
