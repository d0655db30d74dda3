// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace Load
{

/// Durations, each kept with an error of less than 1/64 of it, whatever its size, in a fixed number of
/// buckets: 64 for each power of two, as HdrHistogram has them. Thread: one.
class Histogram
{
public:
    void add(std::int64_t nanoseconds)
    {
        const auto value = std::uint64_t(std::max<std::int64_t>(nanoseconds, 0));
        ++m_buckets[bucket(value)];
        ++m_count;
        m_min = std::min(m_min, value);
        m_max = std::max(m_max, value);
    }
    /// Afterwards as if all of the other's had been added here.
    void merge(const Histogram &other)
    {
        for (std::size_t i = 0; i < m_buckets.size(); ++i)
            m_buckets[i] += other.m_buckets[i];
        m_count += other.m_count;
        m_min = std::min(m_min, other.m_min);
        m_max = std::max(m_max, other.m_max);
    }

    std::uint64_t count() const { return m_count; }
    double min() const { return m_count ? double(m_min) / 1e3 : 0; } ///< microseconds, exact
    double max() const { return double(m_max) / 1e3; } ///< microseconds, exact

    /// Microseconds that `share` (0 to 1) of all are not above; 0 if there are none.
    double quantile(double share) const;

    struct Row {
        double share = 0; ///< of all that took no longer, 0 to 1
        double microseconds = 0;
        std::uint64_t count = 0; ///< how many those are
    };
    /// The distribution, at shares that halve what is left, two to each halving, as far as there are values:
    /// 0, 0.25, 0.5, 0.625, 0.75 ... 1. Empty if there are none.
    std::vector<Row> table() const;

private:
    static constexpr unsigned bits = 6;
    static constexpr std::uint64_t linear = std::uint64_t(1) << bits;

    static std::size_t bucket(std::uint64_t value)
    {
        if (value < linear)
            return std::size_t(value);
        const unsigned shift = unsigned(std::bit_width(value)) - bits - 1;
        return std::size_t((std::uint64_t(shift) << bits) + (value >> shift));
    }
    static std::uint64_t upperEdge(std::size_t index)
    {
        if (index < linear)
            return index;
        const std::uint64_t shift = (index >> bits) - 1;
        return (((index & (linear - 1)) + linear + 1) << shift) - 1;
    }

    std::array<std::uint64_t, (64 - bits + 1) * linear> m_buckets{};
    std::uint64_t m_count = 0;
    std::uint64_t m_min = ~std::uint64_t(0);
    std::uint64_t m_max = 0;
};

} // namespace Load
