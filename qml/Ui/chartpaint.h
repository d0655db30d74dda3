// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QList>
#include <QtCore/QRectF>
#include <QtGui/QPolygonF>

class QColor;
class QPainter;

/// What sparklines and charts draw alike. Thread: that of the painter.
namespace Hubbub::Ui
{

/// Cuts values into runs of points without gaps. The last value lies at the right edge of `area`, and
/// `capacity` values fill it; `bottom` to `top` is its height. NaN and infinite values are gaps.
QList<QPolygonF> chartRuns(const QList<qreal> &values, int capacity, const QRectF &area, qreal bottom,
                           qreal top);

/// Strokes the runs and, if asked, tints the area below them, fading towards the bottom.
void paintRuns(QPainter *painter, const QList<QPolygonF> &runs, const QRectF &area, const QColor &color,
               qreal lineWidth, bool filled);

/// One bar per value from the floor of `area`, the last at its right edge; `capacity` bars fill it, `top` is
/// its height. Unknown values have no bar.
void paintColumns(QPainter *painter, const QList<qreal> &values, int capacity, const QRectF &area, qreal top,
                  const QColor &color);

} // namespace Hubbub::Ui
