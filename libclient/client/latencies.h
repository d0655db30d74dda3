// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QtGlobal>

#include <chrono>
#include <vector>

namespace SocketIo
{

/// Percentiles of measured times. Thread: any; a plain value.
struct LatencySummary {
    quint64 count = 0; ///< how many were measured; the percentiles are of the newest of them
    std::chrono::microseconds p50{0};
    std::chrono::microseconds p95{0};
    std::chrono::microseconds p99{0};
    std::chrono::microseconds max{0};
};

/// Keeps the newest measured times. Thread: that of its owner.
class Latencies
{
public:
    static constexpr std::size_t kept = 1'024; ///< 8 KiB, and p99 still rests on ten of them

    void add(std::chrono::microseconds time);
    /// By the nearest rank: the smallest time that so many of a hundred do not exceed.
    LatencySummary summary() const;

private:
    std::vector<std::chrono::microseconds> m_ring;
    quint64 m_count = 0;
};

} // namespace SocketIo
