// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QtGlobal>

#include <algorithm>
#include <array>
#include <chrono>

namespace EngineIo
{

/// How long something took, by upper bounds that fit a server's work, from 50 microseconds to 10 seconds.
/// Thread: the one that adds.
class LatencyHistogram
{
public:
    /// Seconds; what is above the last one counts beyond them.
    static constexpr std::array bounds{0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025,
                                       0.05,    0.1,    0.25,    0.5,    1.0,   2.5,    5.0,   10.0};

    void add(std::chrono::steady_clock::duration took)
    {
        const double seconds = std::chrono::duration<double>(took).count();
        const auto bound = std::lower_bound(bounds.begin(), bounds.end(), seconds);
        ++m_counts[std::size_t(bound - bounds.begin())];
        m_seconds += seconds;
    }

    /// One more than there are bounds.
    const std::array<quint64, bounds.size() + 1> &counts() const { return m_counts; }
    double seconds() const { return m_seconds; } ///< all together

private:
    std::array<quint64, bounds.size() + 1> m_counts{};
    double m_seconds = 0;
};

} // namespace EngineIo
