// SPDX-License-Identifier: MIT
#include "qml/Ui/markitem.h"

#include "qml/Ui/mark.h"

#include <QtGui/QPainter>

namespace Hubbub::Ui
{

MarkItem::MarkItem(QQuickItem *parent)
    : QQuickPaintedItem(parent)
{
    setImplicitSize(m_size, m_size);
}

void MarkItem::setSize(int size)
{
    if (m_size == size)
        return;
    m_size = size;
    setImplicitSize(size, size);
    update();
    Q_EMIT sizeChanged();
}

void MarkItem::paint(QPainter *painter)
{
    const qreal ratio = painter->device()->devicePixelRatio();
    painter->drawImage(QRectF(0, 0, m_size, m_size), markImage(qRound(m_size * ratio)));
}

} // namespace Hubbub::Ui
