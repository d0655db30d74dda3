// SPDX-License-Identifier: MIT
#pragma once

#include <QtGui/QColor>
#include <QtQuick/QQuickPaintedItem>

namespace Hubbub::Ui
{

/// Presence as a shape of its own, so that it is told apart without colour:
/// a disc, a crescent, a disc with a bar, a ring. Thread: GUI.
class PresenceMark : public QQuickPaintedItem
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(Presence presence MEMBER m_presence NOTIFY looksChanged)
    Q_PROPERTY(int size READ size WRITE setSize NOTIFY sizeChanged)
    Q_PROPERTY(QColor color MEMBER m_color NOTIFY looksChanged)
    /// Colour of the surface behind: a rim of 2 px parts the mark from the avatar, and fills its hollows.
    Q_PROPERTY(QColor ring MEMBER m_ring NOTIFY looksChanged)

public:
    enum Presence { None, Online, Away, Busy, Offline };
    Q_ENUM(Presence)

    explicit PresenceMark(QQuickItem *parent = nullptr);

    int size() const { return m_size; }
    void setSize(int size);
    void paint(QPainter *painter) override;

Q_SIGNALS:
    void looksChanged();
    void sizeChanged();

private:
    Presence m_presence = None;
    int m_size = 14;
    QColor m_color = Qt::gray;
    QColor m_ring = Qt::white;
};

} // namespace Hubbub::Ui
