// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <functional>

namespace SocketIo
{

/// How long to wait before the next attempt: doubling, spread at random, capped. The reference client's
/// formula, with the exponent clamped, since that one turns to no wait at all after some thousand attempts.
/// Thread: that of its owner. Source: the backoff of socket.io-client 4.8.
class Backoff
{
public:
    using Milliseconds = std::chrono::milliseconds;
    using Random = std::function<double()>; ///< evenly from 0 up to, but not including, 1

    struct Options {
        Milliseconds delay{1'000}; ///< of the first attempt; 0 or less is taken for the default
        Milliseconds delayMax{5'000}; ///< 0 or less is taken for the default
        double randomizationFactor = 0.5; ///< 0 to 1; outside of that there is no spread
    };

    explicit Backoff(Options options, Random random = {});

    /// From 1 ms to delayMax. Counts one attempt.
    Milliseconds next();
    void setOptions(Options options); ///< keeps the count
    int attempts() const { return m_attempts; }
    void reset() { m_attempts = 0; }

private:
    Options m_options;
    Random m_random;
    int m_attempts = 0;
};

} // namespace SocketIo
