// SPDX-License-Identifier: MIT
#include "qml/Ui/trayicon.h"

#include "qml/Ui/mark.h"

#include <QtGui/QFont>
#include <QtGui/QIconEngine>
#include <QtGui/QPainter>
#include <QtGui/QPainterPath>

using namespace Qt::StringLiterals;

namespace Hubbub::Ui
{

namespace
{

struct TrayColors {
    QColor bars, point, badge, badgeInk, mention, hosting;
};

TrayColors colorsFor(bool darkPanel)
{
    if (darkPanel)
        return {Qt::white, 0xffc24b, 0x7aa5ff, 0x0b1b3d, 0xe5534a, 0x1a8a50};
    return {0x1b2330, 0xb87503, 0x2459d6, Qt::white, 0xc4281c, 0x1a8a50};
}

// Three hand-set grids; a size between or above takes the next smaller one, enlarged.
MarkGeometry trayGeometry(int size)
{
    static const MarkGeometry small = {.size = 16,
                                       .bar = 2,
                                       .innerBar = 2,
                                       .outerX = 1,
                                       .innerX = 4,
                                       .outerHeight = 12,
                                       .innerHeight = 4,
                                       .point = 2};
    static const MarkGeometry medium = {.size = 22,
                                        .bar = 2,
                                        .innerBar = 2,
                                        .outerX = 2,
                                        .innerX = 6,
                                        .outerHeight = 16,
                                        .innerHeight = 6,
                                        .point = 3};
    static const MarkGeometry large = {.size = 32,
                                       .bar = 3,
                                       .innerBar = 3,
                                       .outerX = 3,
                                       .innerX = 9,
                                       .outerHeight = 24,
                                       .innerHeight = 10,
                                       .point = 5};
    return size < 22 ? small : size < 32 ? medium : large;
}

void paintFlat(QPainter *painter, const MarkGeometry &grid, const QColor &color)
{
    const qreal d = grid.size < 32 ? 2 : 3;
    painter->setPen(Qt::NoPen);
    painter->setBrush(color);
    for (const QRectF &bar :
         {grid.outerLeft(), grid.innerLeft(), grid.middle(), grid.innerRight(), grid.outerRight()}) {
        const QRectF dot(bar.center().x() - d / 2, grid.size / 2 - d / 2, d, d);
        if (grid.size < 32)
            painter->drawRoundedRect(dot, 0.5, 0.5);
        else
            painter->drawEllipse(dot);
    }
}

QPainterPath shieldIn(const QRectF &box)
{
    QPainterPath path;
    const auto at = [&box](qreal x, qreal y) {
        return box.topLeft() + QPointF(x * box.width(), y * box.height());
    };
    path.moveTo(at(0.5, 0));
    path.cubicTo(at(0.65, 0.1), at(0.82, 0.15), at(1, 0.15));
    path.lineTo(at(1, 0.5));
    path.cubicTo(at(1, 0.75), at(0.8, 0.92), at(0.5, 1));
    path.cubicTo(at(0.2, 0.92), at(0, 0.75), at(0, 0.5));
    path.lineTo(at(0, 0.15));
    path.cubicTo(at(0.18, 0.15), at(0.35, 0.1), at(0.5, 0));
    return path;
}

QPainterPath badgePath(TrayState state, const QRectF &box)
{
    QPainterPath path;
    if (state == TrayState::Untrusted)
        return shieldIn(box);
    if (state == TrayState::Mention)
        path.addRoundedRect(box, box.height() * 0.2, box.height() * 0.2);
    else
        path.addEllipse(box);
    return path;
}

void paintGlyph(QPainter *painter, TrayState state, const QString &text, const QRectF &box, const QColor &ink)
{
    const qreal d = box.height();
    const QPointF c = box.center();
    QPen pen(ink, qMax(1.0, d * 0.14), Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
    painter->setBrush(Qt::NoBrush);
    painter->setPen(pen);
    if (state == TrayState::Hosting) {
        painter->drawPolyline(QPolygonF(
            {c + QPointF(-d * 0.21, d * 0.11), c + QPointF(0, -d * 0.11), c + QPointF(d * 0.21, d * 0.11)}));
    } else if (state == TrayState::Untrusted) {
        painter->drawLine(c + QPointF(0, -d * 0.22), c + QPointF(0, d * 0.04));
        painter->drawPoint(c + QPointF(0, d * 0.24));
    } else {
        QFont font(u"Inter"_s);
        font.setPixelSize(qRound(d * 0.84));
        font.setWeight(QFont::DemiBold);
        font.setHintingPreference(QFont::PreferNoHinting);
        painter->setFont(font);
        painter->drawText(box, Qt::AlignCenter | Qt::TextDontClip, text);
    }
}

void paintBadge(QPainter *painter, const MarkGeometry &grid, TrayState state, int count,
                const TrayColors &colors)
{
    const qreal d = grid.size < 22 ? 8 : grid.size < 32 ? 11 : 15;
    const bool wide = state == TrayState::Mention && count > 9;
    const qreal width = wide ? d + (grid.size < 22 ? 2 : grid.size < 32 ? 3 : 4) : d;
    const QRectF box(grid.size - width, grid.size - d, width, d);
    const QPainterPath path = badgePath(state, box);

    // A rim of nothing keeps the badge apart from the bars on a panel of any colour.
    painter->setCompositionMode(QPainter::CompositionMode_Clear);
    painter->strokePath(path, QPen(Qt::black, 2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter->setCompositionMode(QPainter::CompositionMode_SourceOver);
    const QColor fill = state == TrayState::Hosting  ? colors.hosting
                        : state == TrayState::Unread ? colors.badge
                                                     : colors.mention;
    painter->fillPath(path, fill);
    const QString text = count > 9 ? u"9+"_s : QString::number(qMax(1, count));
    const bool plain = state == TrayState::Unread && count > 9;
    paintGlyph(painter, state, plain ? u"9"_s : text, box,
               state == TrayState::Unread ? colors.badgeInk : QColor(Qt::white));
}

class TrayIconEngine : public QIconEngine
{
public:
    TrayIconEngine(TrayState state, int count, bool darkPanel)
        : m_state(state)
        , m_count(count)
        , m_darkPanel(darkPanel)
    {
    }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode, QIcon::State) override
    {
        const int size = qMin(rect.width(), rect.height());
        painter->drawImage(rect.topLeft(), trayImage(m_state, m_count, m_darkPanel, size));
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode, QIcon::State) override
    {
        return QPixmap::fromImage(
            trayImage(m_state, m_count, m_darkPanel, qMin(size.width(), size.height())));
    }

    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State state, qreal) override
    {
        return pixmap(size, mode, state);
    }

    QList<QSize> availableSizes(QIcon::Mode, QIcon::State) override
    {
        return {{16, 16}, {22, 22}, {24, 24}, {32, 32}, {48, 48}, {64, 64}, {128, 128}, {256, 256}};
    }

    QIconEngine *clone() const override { return new TrayIconEngine(*this); }

private:
    TrayState m_state;
    int m_count;
    bool m_darkPanel;
};

} // namespace

QImage trayImage(TrayState state, int count, bool darkPanel, int size)
{
    const int side = qMax(1, size);
    QImage image(side, side, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    const MarkGeometry grid = trayGeometry(size);
    const TrayColors colors = colorsFor(darkPanel);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    // 24 holds the 22 grid with a margin of one: sharper than stretching it.
    if (size > grid.size && size < grid.size * 1.3) {
        const int margin = (size - qRound(grid.size)) / 2;
        painter.translate(margin, margin);
    } else {
        painter.scale(size / grid.size, size / grid.size);
    }
    if (state == TrayState::Offline)
        paintFlat(&painter, grid, colors.bars);
    else
        paintBars(&painter, grid, colors.bars, colors.point);
    if (state != TrayState::Offline && state != TrayState::Online)
        paintBadge(&painter, grid, state, count, colors);
    return image;
}

QIcon makeTrayIcon(TrayState state, int count, bool darkPanel)
{
    return QIcon(new TrayIconEngine(state, count, darkPanel));
}

} // namespace Hubbub::Ui
