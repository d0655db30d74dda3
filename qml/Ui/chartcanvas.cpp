// SPDX-License-Identifier: MIT
#include "qml/Ui/chartcanvas.h"

#include "qml/Ui/chartpaint.h"

#include <QtCore/QTimerEvent>
#include <QtGui/QFontMetricsF>
#include <QtGui/QPainter>

#include <cmath>

using namespace Qt::StringLiterals;

namespace Hubbub::Ui
{

namespace
{

constexpr int PaceMilliseconds = 1000;
constexpr qreal LabelGap = 8;

void hatch(QPainter *painter, const QRectF &band, const QColor &color)
{
    painter->save();
    painter->setClipRect(band);
    painter->setPen(QPen(color, 1));
    constexpr qreal Distance = 5;
    for (qreal x = band.left() - band.height(); x < band.right(); x += Distance)
        painter->drawLine(QPointF(x, band.bottom()), QPointF(x + band.height(), band.top()));
    painter->restore();
}

} // namespace

ChartCanvas::ChartCanvas(QQuickItem *parent)
    : QQuickPaintedItem(parent)
{
    connect(this, &ChartCanvas::looksChanged, this, [this] { update(); });
}

void ChartCanvas::setSeries(const QVariantList &series)
{
    m_series = series;
    m_lines.clear();
    for (const QVariant &entry : series) {
        const QVariantMap map = entry.toMap();
        m_lines.append({map.value(u"values"_s).value<QList<qreal>>(), map.value(u"color"_s).value<QColor>(),
                        map.value(u"filled"_s).toBool(), map.value(u"bars"_s).toBool()});
        Line &line = m_lines.last();
        if (line.values.isEmpty()) { // a JavaScript array arrives as a list of variants
            for (const QVariant &value : map.value(u"values"_s).toList())
                line.values.append(value.isNull() ? qQNaN() : value.toReal());
        }
    }
    Q_EMIT seriesChanged();
    if (m_pace.isActive()) {
        m_stale = true;
        return;
    }
    update();
    m_pace.start(PaceMilliseconds, this);
}

void ChartCanvas::timerEvent(QTimerEvent *event)
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

ChartScale ChartCanvas::scale() const
{
    qreal highest = m_maximum;
    if (highest <= 0) {
        highest = m_threshold;
        for (const Line &line : m_lines) {
            const qsizetype shown = qMin<qsizetype>(m_capacity, line.values.size());
            for (const qreal value : line.values.last(shown)) {
                if (std::isfinite(value))
                    highest = qMax(highest, value);
            }
        }
    }
    return ChartScale::forMaximum(highest);
}

void ChartCanvas::paint(QPainter *painter)
{
    const qreal top = std::ceil(QFontMetricsF(m_font).height() / 2);
    const QRectF plot(m_labelWidth, top, width() - m_labelWidth, height() - top - m_labelHeight);
    if (plot.width() <= 0 || plot.height() <= 0)
        return;
    const ChartScale ruler = scale();
    painter->setFont(m_font);
    paintGrid(painter, plot, ruler);
    paintTimes(painter, plot);
    paintGaps(painter, plot);
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setClipRect(plot.adjusted(0, -m_lineWidth, 0, m_lineWidth));
    for (const Line &line : m_lines) {
        if (line.bars)
            paintColumns(painter, line.values, m_capacity, plot, ruler.top, line.color);
        else
            paintRuns(painter, chartRuns(line.values, m_capacity, plot, 0, ruler.top), plot, line.color,
                      m_lineWidth, line.filled);
    }
    if (m_threshold > 0 && m_threshold <= ruler.top) {
        const qreal y = plot.bottom() - m_threshold / ruler.top * plot.height();
        painter->setPen(QPen(m_thresholdColor, 1, Qt::DashLine));
        painter->drawLine(QPointF(plot.left(), std::floor(y) + 0.5),
                          QPointF(plot.right(), std::floor(y) + 0.5));
    }
}

void ChartCanvas::paintGrid(QPainter *painter, const QRectF &plot, const ChartScale &ruler) const
{
    const qreal line = QFontMetricsF(m_font).height();
    for (int step = 0; step <= ruler.steps; ++step) {
        const qreal y = std::round(plot.bottom() - plot.height() * step / ruler.steps);
        painter->fillRect(QRectF(plot.left(), y, plot.width(), 1), m_gridColor);
        painter->setPen(m_labelColor);
        painter->drawText(QRectF(0, y - line / 2, plot.left() - LabelGap, line),
                          Qt::AlignRight | Qt::AlignVCenter | Qt::TextDontClip, ruler.label(step));
    }
}

bool ChartCanvas::isKnown(int fromRight) const
{
    for (const Line &line : m_lines) {
        const qsizetype index = line.values.size() - 1 - fromRight;
        if (index >= 0 && std::isfinite(line.values[index]))
            return true;
    }
    return false;
}

void ChartCanvas::paintGaps(QPainter *painter, const QRectF &plot) const
{
    const qreal step = plot.width() / qMax(1, m_capacity - 1);
    int start = -1; // steps from the right edge, where the gap began
    for (int i = 0; i <= m_capacity; ++i) {
        const bool gap = i < m_capacity && !isKnown(i);
        if (gap && start < 0)
            start = i;
        if (gap || start < 0)
            continue;
        const qreal right = plot.right() - step * qMax(0, start - 1);
        const qreal left = qMax(plot.left(), plot.right() - step * i);
        hatch(painter, QRectF(QPointF(left, plot.top()), QPointF(right, plot.bottom())), m_gapColor);
        start = -1;
    }
}

void ChartCanvas::paintTimes(QPainter *painter, const QRectF &plot) const
{
    painter->setPen(m_labelColor);
    const QFontMetricsF metrics(m_font);
    for (qsizetype i = 0; i < m_timeLabels.size(); ++i) {
        const qreal part = m_timeLabels.size() > 1 ? qreal(i) / qreal(m_timeLabels.size() - 1) : 1;
        const qreal textWidth = metrics.horizontalAdvance(m_timeLabels[i]);
        const qreal x =
            qBound(plot.left(), plot.left() + plot.width() * part - textWidth / 2, plot.right() - textWidth);
        painter->drawText(QRectF(x, plot.bottom(), textWidth + 1, m_labelHeight),
                          Qt::AlignLeft | Qt::AlignBottom, m_timeLabels[i]);
    }
}

} // namespace Hubbub::Ui
