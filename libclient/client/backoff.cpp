// SPDX-License-Identifier: MIT
#include "libclient/client/backoff.h"

#include <QtCore/QRandomGenerator>

#include <algorithm>
#include <cmath>
#include <limits>

namespace SocketIo
{

Backoff::Backoff(Options options, Random random)
    : m_random(random ? std::move(random) : [] { return QRandomGenerator::global()->generateDouble(); })
{
    setOptions(options);
}

void Backoff::setOptions(Options options)
{
    m_options = options;
    if (m_options.delay.count() <= 0)
        m_options.delay = Options().delay;
    if (m_options.delayMax.count() <= 0)
        m_options.delayMax = Options().delayMax;
}

Backoff::Milliseconds Backoff::next()
{
    // 2^62 ms is far beyond every cap, and still a plain number.
    double wait = std::ldexp(double(m_options.delay.count()), std::min(m_attempts, 62));
    if (m_attempts < std::numeric_limits<int>::max())
        ++m_attempts;
    const double factor = m_options.randomizationFactor;
    if (factor > 0 && factor <= 1) {
        const double random = std::clamp(m_random(), 0.0, 1.0);
        const double deviation = std::floor(random * factor * wait);
        const bool earlier = (int(std::floor(random * 10)) & 1) == 0;
        wait = earlier ? wait - deviation : wait + deviation;
    }
    const double cap = double(m_options.delayMax.count());
    return Milliseconds(qint64(std::clamp(wait, 1.0, cap)));
}

} // namespace SocketIo
