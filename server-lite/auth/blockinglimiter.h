// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/auth/ratelimiter.h"

namespace Hubbub
{

/// How much is allowed, and what becomes of whoever does not stop. Thread: any; a plain value.
struct RateLimit {
    int burst = 20; ///< at once
    std::chrono::milliseconds refill{100}; ///< then one per this
    int strikes = 50; ///< refusals that block; 0: nobody is blocked
    std::chrono::milliseconds firstBlock{10'000}; ///< doubled with each further block
    std::chrono::milliseconds longestBlock{600'000};
    /// Without a refusal for so long, strikes and earlier blocks are forgotten.
    std::chrono::milliseconds forgiveAfter{60'000};
};

/// Token buckets by key, as RateLimiter, that block who goes on regardless: for a while, and longer each
/// time. Memory is bounded as there. Thread: one at a time.
class BlockingLimiter
{
public:
    using Clock = RateLimiter::Clock;

    enum class Outcome { Allowed, Limited, Blocked };
    struct Verdict {
        Outcome outcome = Outcome::Allowed;
        std::chrono::milliseconds retryAfter{0}; ///< when it may be tried again; zero if allowed
    };
    /// Since the start. Each refusal is counted once, as limited or as blocked.
    struct Counters {
        quint64 allowed = 0;
        quint64 limited = 0;
        quint64 blocked = 0;
        quint64 blocks = 0; ///< times somebody began to be blocked
    };

    explicit BlockingLimiter(const RateLimit &limit, int maxKeys = 10'000);

    Verdict take(const QByteArray &key, Clock::time_point now = Clock::now());
    const Counters &counters() const { return m_counters; }
    qsizetype blockedKeys(Clock::time_point now = Clock::now()) const; ///< at this moment

private:
    struct Offender {
        int strikes = 0;
        int blocks = 0;
        Clock::time_point quietSince; ///< the last refusal, or the end of a block that it began
        Clock::time_point blockedUntil;
    };
    Offender &offender(const QByteArray &key, Clock::time_point now);
    Verdict refuse(Offender &offender, std::chrono::milliseconds retryAfter, Clock::time_point now);

    RateLimit m_limit;
    RateLimiter m_buckets;
    int m_maxKeys;
    QHash<QByteArray, Offender> m_offenders;
    Counters m_counters;
};

} // namespace Hubbub
