// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>

namespace Load
{

/// Durations in nanoseconds, kept with an error below 1.6 % in a fixed number of buckets: 64 to each power of
/// two. Thread: one.
class Histogram
{
public:
    void add(std::int64_t nanoseconds)
    {
        const auto value = std::uint64_t(std::max<std::int64_t>(nanoseconds, 0));
        ++m_buckets[bucket(value)];
        ++m_count;
        m_max = std::max(m_max, value);
    }
    std::uint64_t count() const { return m_count; }

    /// Microseconds that `share` (0 to 1) of all stayed below; 0 if there are none.
    double quantile(double share) const
    {
        const auto wanted = std::uint64_t(share * double(m_count));
        std::uint64_t seen = 0;
        for (std::size_t i = 0; i < m_buckets.size(); ++i) {
            seen += m_buckets[i];
            if (seen > wanted)
                return double(std::min(upperEdge(i), m_max)) / 1e3;
        }
        return double(m_max) / 1e3;
    }

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
    std::uint64_t m_max = 0;
};

} // namespace Load
