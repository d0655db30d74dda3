// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QList>

#include <limits>

namespace Hubbub::App
{

/// A figure's last values, one per step, oldest first; NaN where it is not known. Thread: GUI; a plain value.
class TimeSeries
{
public:
    static constexpr qreal unknown = std::numeric_limits<qreal>::quiet_NaN();

    explicit TimeSeries(int length)
        : m_values(length, unknown)
    {
    }

    void append(qreal value)
    {
        m_values.removeFirst();
        m_values.append(value);
    }
    void skip(qint64 steps) ///< time nobody looked
    {
        for (qint64 i = 0; i < steps && i < m_values.size(); ++i)
            append(unknown);
    }
    const QList<qreal> &values() const { return m_values; }

private:
    QList<qreal> m_values;
};

} // namespace Hubbub::App
