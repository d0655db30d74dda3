// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QRectF>
#include <QtGui/QImage>

class QColor;
class QIcon;
class QPainter;

/// The mark: bars of sound round one warm point, together an H. Thread: GUI.
namespace Hubbub::Ui
{

/// Where the strokes of the mark lie inside a square of `size`; sizes at which it is small have it on whole
/// pixels.
struct MarkGeometry {
    qreal size = 0;
    qreal bar = 0; ///< width of an outer bar
    qreal innerBar = 0;
    qreal outerX = 0;
    qreal innerX = 0;
    qreal outerHeight = 0;
    qreal innerHeight = 0;
    qreal point = 0; ///< diameter of the point

    QRectF outerLeft() const { return {outerX, (size - outerHeight) / 2, bar, outerHeight}; }
    QRectF outerRight() const { return outerLeft().translated(size - 2 * outerX - bar, 0); }
    QRectF innerLeft() const { return {innerX, (size - innerHeight) / 2, innerBar, innerHeight}; }
    QRectF innerRight() const { return innerLeft().translated(size - 2 * innerX - innerBar, 0); }
    QRectF middle() const { return {(size - point) / 2, (size - point) / 2, point, point}; }
};

/// The app's mark on its blue square, for the window, launchers and the first page. `size` in device pixels.
void paintMark(QPainter *painter, int size);
QImage markImage(int size);
QIcon markIcon();

/// Fills the five strokes of a geometry: bars in one colour, the point in another.
void paintBars(QPainter *painter, const MarkGeometry &geometry, const QColor &bars, const QColor &point);

} // namespace Hubbub::Ui
