// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QtGlobal>

#include <array>

namespace Hubbub::App
{

/// Events a second, averaged over the last ten full seconds. Thread: GUI; a plain value.
class RateWindow
{
public:
    static constexpr int seconds = 10;

    void add(quint32 count = 1) { m_current += count; }

    /// A second has passed; true if the rate is another now.
    bool tick()
    {
        const double before = rate();
        m_sum += m_current - m_counts[m_next];
        m_counts[m_next] = m_current;
        m_next = (m_next + 1) % seconds;
        m_filled = m_filled < seconds ? m_filled + 1 : seconds;
        m_current = 0;
        return rate() != before;
    }

    double rate() const { return m_filled == 0 ? 0 : double(m_sum) / m_filled; }

private:
    std::array<quint32, seconds> m_counts{};
    quint32 m_current = 0;
    quint32 m_sum = 0;
    int m_next = 0;
    int m_filled = 0;
};

} // namespace Hubbub::App
