// SPDX-License-Identifier: MIT
#include "qml/Ui/presencemark.h"

#include <QtGui/QPainter>
#include <QtGui/QPainterPath>

namespace Hubbub::Ui
{

PresenceMark::PresenceMark(QQuickItem *parent)
    : QQuickPaintedItem(parent)
{
    setImplicitSize(m_size, m_size);
    connect(this, &PresenceMark::looksChanged, this, [this] { update(); });
}

void PresenceMark::setSize(int size)
{
    if (m_size == size)
        return;
    m_size = size;
    setImplicitSize(size, size);
    update();
    Q_EMIT sizeChanged();
}

void PresenceMark::paint(QPainter *painter)
{
    if (m_presence == None)
        return;
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(m_ring);
    const QRectF whole(0, 0, m_size, m_size);
    painter->drawEllipse(whole);

    const qreal rim = m_size / 7.0; // 2 px at the usual 14
    const QRectF disc = whole.adjusted(rim, rim, -rim, -rim);
    QPainterPath shape;
    shape.addEllipse(disc);
    if (m_presence == Away) {
        QPainterPath bite;
        bite.addEllipse(disc.translated(-disc.width() * 0.32, -disc.height() * 0.26));
        shape = shape.subtracted(bite);
    } else if (m_presence == Busy) {
        QPainterPath bar;
        const qreal height = qMax(2.0, disc.height() / 5);
        bar.addRect(QRectF(disc.left() + disc.width() * 0.2, disc.center().y() - height / 2,
                           disc.width() * 0.6, height));
        shape = shape.subtracted(bar);
    } else if (m_presence == Offline) {
        QPainterPath hole;
        const qreal stroke = disc.width() / 5;
        hole.addEllipse(disc.adjusted(stroke, stroke, -stroke, -stroke));
        shape = shape.subtracted(hole);
    }
    painter->fillPath(shape, m_color);
}

} // namespace Hubbub::Ui
