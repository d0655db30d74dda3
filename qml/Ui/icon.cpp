// SPDX-License-Identifier: MIT
#include "qml/Ui/icon.h"

#include "qml/Ui/iconimage.h"

#include <QtGui/QPainter>

namespace Hubbub::Ui
{

Icon::Icon(QQuickItem *parent)
    : QQuickPaintedItem(parent)
{
    setImplicitSize(m_size, m_size);
}

void Icon::setName(const QString &name)
{
    if (m_name == name)
        return;
    m_name = name;
    update();
    Q_EMIT nameChanged();
}

void Icon::setSize(int size)
{
    if (m_size == size)
        return;
    m_size = size;
    setImplicitSize(size, size);
    update();
    Q_EMIT sizeChanged();
}

void Icon::setColor(const QColor &color)
{
    if (m_color == color)
        return;
    m_color = color;
    update();
    Q_EMIT colorChanged();
}

void Icon::setMirrored(bool mirrored)
{
    if (m_mirrored == mirrored)
        return;
    m_mirrored = mirrored;
    update();
    Q_EMIT mirroredChanged();
}

void Icon::setAngle(int angle)
{
    if (m_angle == angle)
        return;
    m_angle = angle;
    update();
    Q_EMIT angleChanged();
}

void Icon::paint(QPainter *painter)
{
    const QImage image = iconImage(m_name, m_size, m_color, painter->device()->devicePixelRatio());
    if (image.isNull())
        return;
    if (m_mirrored) {
        painter->translate(m_size, 0);
        painter->scale(-1, 1);
    }
    if (m_angle != 0) {
        painter->setRenderHint(QPainter::SmoothPixmapTransform);
        painter->translate(m_size / 2.0, m_size / 2.0);
        painter->rotate(m_angle);
        painter->translate(-m_size / 2.0, -m_size / 2.0);
    }
    painter->drawImage(QRectF(0, 0, m_size, m_size), image);
}

} // namespace Hubbub::Ui
