// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QHash>
#include <QtNetwork/QHostAddress>

#include <chrono>

namespace Hubbub
{

/// A token bucket per key, most often an address: `burst` at once, then one per `refill`. Memory is bounded:
/// beyond `maxKeys`, new keys share one bucket. Thread: one at a time.
class RateLimiter
{
public:
    using Clock = std::chrono::steady_clock;

    RateLimiter(int burst, std::chrono::milliseconds refill, int maxKeys = 10'000);

    /// IPv6 peers are counted by their /64, which is what one household gets.
    static QByteArray keyOf(const QHostAddress &address);

    /// True if who has the key may go on now; it then has one less to spend.
    bool tryTake(const QByteArray &key, Clock::time_point now = Clock::now());
    bool tryTake(const QHostAddress &address, Clock::time_point now = Clock::now())
    {
        return tryTake(keyOf(address), now);
    }
    /// Time until who has the key may try again; zero if it may now.
    std::chrono::milliseconds retryAfter(const QByteArray &key, Clock::time_point now = Clock::now()) const;
    std::chrono::milliseconds retryAfter(const QHostAddress &address,
                                         Clock::time_point now = Clock::now()) const
    {
        return retryAfter(keyOf(address), now);
    }
    qsizetype trackedKeys() const { return m_fullAt.size(); }

private:
    void forgetFull(Clock::time_point now);

    std::chrono::milliseconds m_refill;
    std::chrono::milliseconds
        m_capacity; ///< the burst, as time: a bucket is a moment at which it will be full again
    int m_maxKeys;
    QHash<QByteArray, Clock::time_point> m_fullAt;
};

} // namespace Hubbub
