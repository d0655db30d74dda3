// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QHash>
#include <QtNetwork/QHostAddress>

#include <chrono>

namespace Hubbub
{

/// A token bucket per address: `burst` at once, then one per `refill`. IPv6 peers are counted by their /64,
/// which is what one household gets. Memory is bounded: beyond `maxAddresses`, new addresses share one
/// bucket. Thread: one at a time.
class RateLimiter
{
public:
    using Clock = std::chrono::steady_clock;

    RateLimiter(int burst, std::chrono::milliseconds refill, int maxAddresses = 10'000);

    /// True if the address may go on now; it then has one less to spend.
    bool tryTake(const QHostAddress &address, Clock::time_point now = Clock::now());
    /// Time until the address may try again; zero if it may now.
    std::chrono::milliseconds retryAfter(const QHostAddress &address,
                                         Clock::time_point now = Clock::now()) const;
    qsizetype trackedAddresses() const { return m_fullAt.size(); }

private:
    QByteArray keyOf(const QHostAddress &address) const;
    void forgetFull(Clock::time_point now);

    std::chrono::milliseconds m_refill;
    std::chrono::milliseconds
        m_capacity; ///< the burst, as time: a bucket is a moment at which it will be full again
    int m_maxAddresses;
    QHash<QByteArray, Clock::time_point> m_fullAt;
};

} // namespace Hubbub
