// SPDX-License-Identifier: MIT
#include "qml/Ui/chartpaint.h"

#include <QtGui/QColor>
#include <QtGui/QLinearGradient>
#include <QtGui/QPainter>

#include <cmath>

namespace Hubbub::Ui
{

namespace
{
constexpr qreal AreaOpacity = 0.14;
}

QList<QPolygonF> chartRuns(const QList<qreal> &values, int capacity, const QRectF &area, qreal bottom,
                           qreal top)
{
    QList<QPolygonF> runs;
    QPolygonF run;
    const qreal step = area.width() / qMax(1, capacity - 1);
    const qreal span = top > bottom ? top - bottom : 1;
    for (qsizetype i = 0; i < values.size(); ++i) {
        const qreal x = area.right() - step * qreal(values.size() - 1 - i);
        if (!std::isfinite(values[i])) {
            if (!run.isEmpty())
                runs.append(std::exchange(run, {}));
        } else if (x >= area.left() - 0.01) {
            run.append({x, area.bottom() - (values[i] - bottom) / span * area.height()});
        }
    }
    if (!run.isEmpty())
        runs.append(run);
    return runs;
}

void paintRuns(QPainter *painter, const QList<QPolygonF> &runs, const QRectF &area, const QColor &color,
               qreal lineWidth, bool filled)
{
    QColor strong = color;
    strong.setAlphaF(static_cast<float>(AreaOpacity));
    QColor weak = color;
    weak.setAlphaF(0);
    QLinearGradient tint(area.topLeft(), area.bottomLeft());
    tint.setColorAt(0, strong);
    tint.setColorAt(1, weak);
    for (const QPolygonF &run : runs) {
        if (filled && run.size() > 1) {
            QPolygonF below = run;
            below.append({run.last().x(), area.bottom()});
            below.append({run.first().x(), area.bottom()});
            painter->setPen(Qt::NoPen);
            painter->setBrush(tint);
            painter->drawPolygon(below);
        }
        painter->setBrush(Qt::NoBrush);
        painter->setPen(QPen(color, lineWidth, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        if (run.size() == 1)
            painter->drawPoint(run.first());
        else
            painter->drawPolyline(run);
    }
}

void paintColumns(QPainter *painter, const QList<qreal> &values, int capacity, const QRectF &area, qreal top,
                  const QColor &color)
{
    const qreal slot = area.width() / qMax(1, capacity);
    const qsizetype shown = qMin<qsizetype>(capacity, values.size());
    for (qsizetype i = 0; i < shown; ++i) {
        const qreal value = values[values.size() - 1 - i];
        if (!std::isfinite(value) || value <= 0)
            continue;
        const qreal left = std::round(area.right() - slot * qreal(i + 1) + 1);
        const qreal right = std::round(area.right() - slot * qreal(i));
        const qreal height = std::round(qMin(1.0, value / top) * area.height());
        painter->fillRect(QRectF(left, area.bottom() - height, qMax(1.0, right - left), height), color);
    }
}

} // namespace Hubbub::Ui
