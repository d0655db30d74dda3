// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <chrono>

namespace EngineIo
{

/// How many pings, pongs and closes one peer may send: a burst, then a steady trickle. Thread: the worker's
/// that owns the socket.
class ControlFrameLimit
{
public:
    using Clock = std::chrono::steady_clock;
    static constexpr int burst = 500; ///< at once
    static constexpr std::chrono::milliseconds refill{20}; ///< until one more is allowed

    /// One more came; false when that was one too many.
    bool take(Clock::time_point now)
    {
        m_due = std::max(m_due, now) + refill;
        return m_due - now <= burst * refill;
    }

private:
    Clock::time_point m_due; ///< when the frames that came would all have been allowed
};

} // namespace EngineIo
