// SPDX-License-Identifier: MIT
#include "server-lite/auth/ratelimiter.h"

#include <algorithm>

namespace Hubbub
{

RateLimiter::RateLimiter(int burst, std::chrono::milliseconds refill, int maxKeys)
    : m_refill(refill)
    , m_capacity(refill * burst)
    , m_maxKeys(maxKeys)
{
}

bool RateLimiter::tryTake(const QByteArray &wanted, Clock::time_point now)
{
    auto key = wanted;
    if (!m_fullAt.contains(key) && m_fullAt.size() >= m_maxKeys) {
        forgetFull(now);
        if (m_fullAt.size() >= m_maxKeys)
            key.clear();
    }
    const auto it = m_fullAt.constFind(key);
    const auto next = (it == m_fullAt.constEnd() ? now : std::max(*it, now)) + m_refill;
    if (next - now > m_capacity)
        return false;
    m_fullAt.insert(key, next);
    return true;
}

std::chrono::milliseconds RateLimiter::retryAfter(const QByteArray &key, Clock::time_point now) const
{
    const auto shared = m_fullAt.value({}, now);
    const auto fullAt = m_fullAt.value(key, m_fullAt.size() >= m_maxKeys ? shared : now);
    const auto wait = fullAt + m_refill - now - m_capacity;
    return std::max(std::chrono::ceil<std::chrono::milliseconds>(wait), std::chrono::milliseconds(0));
}

QByteArray RateLimiter::keyOf(const QHostAddress &address)
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
