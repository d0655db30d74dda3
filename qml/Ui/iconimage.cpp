// SPDX-License-Identifier: MIT
#include "qml/Ui/iconimage.h"

#include "qml/Ui/logging.h"
#include "resources/resources.h"

#include <QtCore/QCache>
#include <QtCore/QFile>
#include <QtCore/QMutex>
#include <QtGui/QPainter>
#include <QtSvg/QSvgRenderer>

using namespace Qt::StringLiterals;

namespace Hubbub::Ui
{

namespace
{

constexpr qreal Grid = 24.0;
constexpr int CacheKilobytes = 4096;

qreal strokeOnScreen(int size)
{
    return size <= 12 ? 1.25 : 1.5;
}

QImage draw(const QString &name, int size, const QColor &color, qreal devicePixelRatio)
{
    QFile file(Resources::iconPath(name));
    if (!file.open(QIODevice::ReadOnly)) {
        qCWarning(lcUi) << "no icon is named" << name;
        return {};
    }
    QByteArray svg = file.readAll();
    svg.replace("stroke-width=\"1.5\"",
                "stroke-width=\"" + QByteArray::number(strokeOnScreen(size) * Grid / size) + '"');
    QSvgRenderer renderer(svg);
    const int pixels = qCeil(size * devicePixelRatio);
    QImage image(pixels, pixels, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    renderer.render(&painter, QRectF(0, 0, pixels, pixels));
    painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
    painter.fillRect(image.rect(), color);
    painter.end();
    image.setDevicePixelRatio(devicePixelRatio);
    return image;
}

} // namespace

QImage iconImage(const QString &name, int size, const QColor &color, qreal devicePixelRatio)
{
    static QMutex mutex;
    static QCache<QString, QImage> cache(CacheKilobytes);
    if (name.isEmpty() || size <= 0)
        return {};
    const QString key = u"%1/%2/%3/%4"_s.arg(name).arg(size).arg(color.rgba()).arg(devicePixelRatio);
    const QMutexLocker lock(&mutex);
    if (const QImage *known = cache.object(key))
        return *known;
    const QImage image = draw(name, size, color, devicePixelRatio);
    cache.insert(key, new QImage(image), qMax<qsizetype>(1, image.sizeInBytes() / 1024));
    return image;
}

} // namespace Hubbub::Ui
