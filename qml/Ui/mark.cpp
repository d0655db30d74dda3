// SPDX-License-Identifier: MIT
#include "qml/Ui/mark.h"

#include <QtGui/QIcon>
#include <QtGui/QLinearGradient>
#include <QtGui/QPainter>

#include <array>

namespace Hubbub::Ui
{

namespace
{

constexpr QRgb GradientTop = 0xff3d74f2;
constexpr QRgb GradientBottom = 0xff1b45b4;
constexpr QRgb WarmPoint = 0xffffc24b;
constexpr qreal CornerPart = 0.225; // of the side

MarkGeometry make(qreal size, qreal bar, qreal innerBar, qreal outerX, qreal innerX, qreal outerHeight,
                  qreal innerHeight, qreal point)
{
    MarkGeometry made;
    made.size = size;
    made.bar = bar;
    made.innerBar = innerBar;
    made.outerX = outerX;
    made.innerX = innerX;
    made.outerHeight = outerHeight;
    made.innerHeight = innerHeight;
    made.point = point;
    return made;
}

// Redrawn on whole pixels where it is small; scaled from 512 where it is not.
MarkGeometry markGeometry(int size)
{
    static const std::array<MarkGeometry, 5> drawn = {
        make(16, 2, 1, 2, 5, 10, 4, 2),  make(22, 2, 2, 3, 6, 14, 6, 4),   make(24, 2, 2, 3, 7, 16, 8, 4),
        make(32, 3, 3, 4, 9, 22, 10, 4), make(48, 5, 5, 5, 13, 32, 14, 6),
    };
    for (const MarkGeometry &one : drawn) {
        if (qFuzzyCompare(one.size, qreal(size)))
            return one;
    }
    const qreal k = size / 512.0;
    return make(size, 56 * k, 56 * k, 66 * k, 147 * k, 328 * k, 152 * k, 76 * k);
}

void paintPill(QPainter *painter, const QRectF &bar)
{
    // A full round end on a bar of two pixels would only grey it.
    const qreal radius = bar.width() >= 3 ? bar.width() / 2 : bar.width() / 4;
    painter->drawRoundedRect(bar, radius, radius);
}

} // namespace

void paintBars(QPainter *painter, const MarkGeometry &geometry, const QColor &bars, const QColor &point)
{
    painter->setPen(Qt::NoPen);
    painter->setBrush(bars);
    for (const QRectF &bar :
         {geometry.outerLeft(), geometry.innerLeft(), geometry.innerRight(), geometry.outerRight()})
        paintPill(painter, bar);
    painter->setBrush(point);
    painter->drawEllipse(geometry.middle());
}

void paintMark(QPainter *painter, int size)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    QLinearGradient blue(0, 0, 0, size);
    blue.setColorAt(0, QColor::fromRgb(GradientTop));
    blue.setColorAt(1, QColor::fromRgb(GradientBottom));
    painter->setPen(Qt::NoPen);
    painter->setBrush(blue);
    painter->drawRoundedRect(QRectF(0, 0, size, size), size * CornerPart, size * CornerPart);
    paintBars(painter, markGeometry(size), Qt::white, QColor::fromRgb(WarmPoint));
    painter->restore();
}

QImage markImage(int size)
{
    QImage image(size, size, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    paintMark(&painter, size);
    return image;
}

QIcon markIcon()
{
    QIcon icon;
    for (const int size : {16, 22, 24, 32, 48, 64, 128, 256})
        icon.addPixmap(QPixmap::fromImage(markImage(size)));
    return icon;
}

} // namespace Hubbub::Ui
