// SPDX-License-Identifier: MIT
#include "qml/Ui/qrcode.h"

#include <QtGui/QPainter>

#include <qrcodegen/qrcodegen.hpp>

namespace Hubbub::Ui
{

namespace
{
constexpr int quietZone = 4; // ISO/IEC 18004, 5.3.8
}

QrCode::QrCode(QQuickItem *parent)
    : QQuickPaintedItem(parent)
{
    setAntialiasing(false);
}

void QrCode::setText(const QString &text)
{
    if (text == m_text)
        return;
    m_text = text;
    m_size = 0;
    m_modules.clear();
    if (!text.isEmpty()) {
        try {
            const auto code =
                qrcodegen::QrCode::encodeText(text.toUtf8().constData(), qrcodegen::QrCode::Ecc::MEDIUM);
            m_size = code.getSize();
            m_modules.reserve(static_cast<std::size_t>(m_size) * m_size);
            for (int y = 0; y < m_size; ++y) {
                for (int x = 0; x < m_size; ++x)
                    m_modules.push_back(code.getModule(x, y));
            }
        } catch (const qrcodegen::data_too_long &) {
            m_size = 0;
        }
    }
    update();
    Q_EMIT textChanged();
}

void QrCode::paint(QPainter *painter)
{
    if (m_size == 0)
        return;
    const int module = static_cast<int>(std::min(width(), height())) / (m_size + 2 * quietZone);
    const int side = module * (m_size + 2 * quietZone);
    const QPoint corner((static_cast<int>(width()) - side) / 2, (static_cast<int>(height()) - side) / 2);
    painter->fillRect(QRect(corner, QSize(side, side)), Qt::white);
    for (int y = 0; y < m_size; ++y) {
        for (int x = 0; x < m_size; ++x) {
            if (m_modules[static_cast<std::size_t>(y) * m_size + x])
                painter->fillRect(corner.x() + (x + quietZone) * module,
                                  corner.y() + (y + quietZone) * module, module, module, Qt::black);
        }
    }
}

} // namespace Hubbub::Ui
