// SPDX-License-Identifier: MIT
#include "qml/Ui/sparklinecanvas.h"

#include "qml/Ui/chartpaint.h"

#include <QtCore/QTimerEvent>
#include <QtGui/QPainter>

#include <cmath>

namespace Hubbub::Ui
{

namespace
{
constexpr int PaceMilliseconds = 1000;
}

SparklineCanvas::SparklineCanvas(QQuickItem *parent)
    : QQuickPaintedItem(parent)
{
    connect(this, &SparklineCanvas::looksChanged, this, [this] { update(); });
}

void SparklineCanvas::setValues(const QList<qreal> &values)
{
    m_values = values;
    Q_EMIT valuesChanged();
    if (m_pace.isActive()) {
        m_stale = true;
        return;
    }
    update();
    m_pace.start(PaceMilliseconds, this);
}

void SparklineCanvas::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != m_pace.timerId()) {
        QQuickPaintedItem::timerEvent(event);
        return;
    }
    m_pace.stop();
    if (!std::exchange(m_stale, false))
        return;
    update();
    m_pace.start(PaceMilliseconds, this);
}

void SparklineCanvas::paint(QPainter *painter)
{
    qreal low = qInf();
    qreal high = -qInf();
    for (const qreal value : std::as_const(m_values)) {
        if (std::isfinite(value)) {
            low = qMin(low, value);
            high = qMax(high, value);
        }
    }
    if (low > high)
        return;
    // A flat line runs through the middle, and noise of a few percent must not look like a storm.
    const qreal room = qMax((high - low) * 0.1, qMax(std::abs(high), 1.0) * 0.05);
    const qreal edge = m_lineWidth / 2;
    const QRectF area = QRectF(0, 0, width(), height()).adjusted(edge, edge, -edge, -edge);
    painter->setRenderHint(QPainter::Antialiasing);
    paintRuns(painter, chartRuns(m_values, static_cast<int>(m_values.size()), area, low - room, high + room),
              area, m_color, m_lineWidth, m_filled);
}

} // namespace Hubbub::Ui
