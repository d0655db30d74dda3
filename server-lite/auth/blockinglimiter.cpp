// SPDX-License-Identifier: MIT
#include "server-lite/auth/blockinglimiter.h"

#include <algorithm>

namespace Hubbub
{

using std::chrono::milliseconds;

namespace
{

milliseconds untilThen(BlockingLimiter::Clock::time_point then, BlockingLimiter::Clock::time_point now)
{
    return std::chrono::ceil<milliseconds>(then - now);
}

} // namespace

BlockingLimiter::BlockingLimiter(const RateLimit &limit, int maxKeys)
    : m_limit(limit)
    , m_buckets(limit.burst, limit.refill, maxKeys)
    , m_maxKeys(maxKeys)
{
}

BlockingLimiter::Verdict BlockingLimiter::take(const QByteArray &key, Clock::time_point now)
{
    if (const auto it = m_offenders.constFind(key); it != m_offenders.constEnd() && it->blockedUntil > now) {
        ++m_counters.blocked;
        return {Outcome::Blocked, untilThen(it->blockedUntil, now)};
    }
    if (m_buckets.tryTake(key, now)) {
        ++m_counters.allowed;
        return {};
    }
    return refuse(offender(key, now), std::max(m_buckets.retryAfter(key, now), milliseconds(1)), now);
}

qsizetype BlockingLimiter::blockedKeys(Clock::time_point now) const
{
    return std::count_if(m_offenders.begin(), m_offenders.end(),
                         [now](const Offender &offender) { return offender.blockedUntil > now; });
}

BlockingLimiter::Offender &BlockingLimiter::offender(const QByteArray &key, Clock::time_point now)
{
    const auto isForgiven = [this, now](const Offender &known) {
        return known.quietSince + m_limit.forgiveAfter <= now;
    };
    if (!m_offenders.contains(key) && m_offenders.size() >= m_maxKeys)
        m_offenders.removeIf([&](const auto &entry) { return isForgiven(entry.value()); });
    // Too many to tell apart: they share one entry, under a key that nobody has, as they share a bucket.
    const bool isFull = !m_offenders.contains(key) && m_offenders.size() >= m_maxKeys;
    auto &found = m_offenders[isFull ? QByteArray() : key];
    if (isForgiven(found))
        found = {};
    found.quietSince = now;
    return found;
}

BlockingLimiter::Verdict BlockingLimiter::refuse(Offender &offender, milliseconds retryAfter,
                                                 Clock::time_point now)
{
    if (m_limit.strikes <= 0 || ++offender.strikes < m_limit.strikes) {
        ++m_counters.limited;
        return {Outcome::Limited, retryAfter};
    }
    auto block = std::min(m_limit.firstBlock, m_limit.longestBlock);
    for (int i = 0; i < offender.blocks && block < m_limit.longestBlock; ++i)
        block = std::min(block * 2, m_limit.longestBlock);
    ++offender.blocks;
    offender.strikes = 0;
    offender.blockedUntil = now + block;
    offender.quietSince = offender.blockedUntil;
    ++m_counters.blocks;
    ++m_counters.blocked;
    return {Outcome::Blocked, block};
}

} // namespace Hubbub
