// SPDX-License-Identifier: MIT
#include "server-lite/load/histogram.h"

#include <cmath>

namespace Load
{

double Histogram::quantile(double share) const
{
    const auto wanted = std::max<std::uint64_t>(1, std::uint64_t(std::ceil(share * double(m_count))));
    std::uint64_t seen = 0;
    for (std::size_t i = 0; i < m_buckets.size(); ++i) {
        seen += m_buckets[i];
        if (seen >= wanted && m_count)
            return double(std::clamp(upperEdge(i), m_min, m_max)) / 1e3;
    }
    return double(m_max) / 1e3;
}

std::vector<Histogram::Row> Histogram::table() const
{
    std::vector<Row> rows;
    if (!m_count)
        return rows;
    std::uint64_t seen = 0;
    std::size_t index = 0;
    const auto add = [&](double share) {
        const auto wanted = std::max<std::uint64_t>(1, std::uint64_t(std::ceil(share * double(m_count))));
        while (seen < wanted)
            seen += m_buckets[index++];
        const double value = double(std::clamp(upperEdge(index - 1), m_min, m_max)) / 1e3;
        if (rows.empty() || seen > rows.back().count)
            rows.push_back({double(seen) / double(m_count), value, seen});
    };
    for (double left = 1; left * double(m_count) >= 0.5; left /= 2) {
        add(1 - left);
        add(1 - left * 3 / 4);
    }
    add(1);
    return rows;
}

} // namespace Load
