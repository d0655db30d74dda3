// SPDX-License-Identifier: MIT
#include "libclient/client/latencies.h"

#include <algorithm>

namespace SocketIo
{

void Latencies::add(std::chrono::microseconds time)
{
    if (m_ring.size() < kept)
        m_ring.push_back(time);
    else
        m_ring[m_count % kept] = time;
    ++m_count;
}

LatencySummary Latencies::summary() const
{
    LatencySummary summary;
    summary.count = m_count;
    if (m_ring.empty())
        return summary;
    std::vector<std::chrono::microseconds> sorted = m_ring;
    std::sort(sorted.begin(), sorted.end());
    const auto rank = [&sorted](std::size_t percent) {
        return sorted[(sorted.size() * percent + 99) / 100 - 1];
    };
    summary.p50 = rank(50);
    summary.p95 = rank(95);
    summary.p99 = rank(99);
    summary.max = sorted.back();
    return summary;
}

} // namespace SocketIo
