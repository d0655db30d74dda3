// SPDX-License-Identifier: MIT
#include "server-lite/auth/ratelimiter.h"

#include <algorithm>

namespace Hubbub
{

RateLimiter::RateLimiter(int burst, std::chrono::milliseconds refill, int maxAddresses)
    : m_refill(refill)
    , m_capacity(refill * burst)
    , m_maxAddresses(maxAddresses)
{
}

bool RateLimiter::tryTake(const QHostAddress &address, Clock::time_point now)
{
    auto key = keyOf(address);
    if (!m_fullAt.contains(key) && m_fullAt.size() >= m_maxAddresses) {
        forgetFull(now);
        if (m_fullAt.size() >= m_maxAddresses)
            key.clear();
    }
    const auto it = m_fullAt.constFind(key);
    const auto next = (it == m_fullAt.constEnd() ? now : std::max(*it, now)) + m_refill;
    if (next - now > m_capacity)
        return false;
    m_fullAt.insert(key, next);
    return true;
}

std::chrono::milliseconds RateLimiter::retryAfter(const QHostAddress &address, Clock::time_point now) const
{
    const auto fullAt = m_fullAt.value(keyOf(address), now);
    const auto wait = fullAt + m_refill - now - m_capacity;
    return std::max(std::chrono::ceil<std::chrono::milliseconds>(wait), std::chrono::milliseconds(0));
}

QByteArray RateLimiter::keyOf(const QHostAddress &address) const
{
    bool isV4 = false;
    const auto v4 = address.toIPv4Address(&isV4);
    if (isV4)
        return QByteArray::number(v4);
    const auto v6 = address.toIPv6Address();
    return QByteArray(reinterpret_cast<const char *>(v6.c), 8);
}

void RateLimiter::forgetFull(Clock::time_point now)
{
    m_fullAt.removeIf([now](const auto &entry) { return entry.value() <= now; });
}

} // namespace Hubbub
