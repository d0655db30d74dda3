// SPDX-License-Identifier: MIT
#pragma once

#include <QtGui/QColor>
#include <QtQuick/QQuickPaintedItem>

namespace Hubbub::Ui
{

/// `Icon { name: "hash"; size: Metrics.icon; color: Theme.textSecondary }`: one line icon in one colour.
/// Decoration for screen readers: the control around it has the name. Thread: GUI.
class Icon : public QQuickPaintedItem
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QString name READ name WRITE setName NOTIFY nameChanged)
    Q_PROPERTY(int size READ size WRITE setSize NOTIFY sizeChanged)
    Q_PROPERTY(QColor color READ color WRITE setColor NOTIFY colorChanged)
    /// Degrees the drawing is turned by; smooth, which a rotated item is not in software.
    Q_PROPERTY(int angle READ angle WRITE setAngle NOTIFY angleChanged)
    /// Flips left and right, for arrows in a right-to-left layout.
    Q_PROPERTY(bool mirrored READ isMirrored WRITE setMirrored NOTIFY mirroredChanged)

public:
    explicit Icon(QQuickItem *parent = nullptr);

    QString name() const { return m_name; }
    void setName(const QString &name);
    int size() const { return m_size; }
    void setSize(int size);
    QColor color() const { return m_color; }
    void setColor(const QColor &color);
    bool isMirrored() const { return m_mirrored; }
    void setMirrored(bool mirrored);

    int angle() const { return m_angle; }
    void setAngle(int angle);

    void paint(QPainter *painter) override;

Q_SIGNALS:
    void nameChanged();
    void sizeChanged();
    void colorChanged();
    void mirroredChanged();
    void angleChanged();

private:
    QString m_name;
    int m_size = 20;
    QColor m_color = Qt::black;
    bool m_mirrored = false;
    int m_angle = 0;
};

} // namespace Hubbub::Ui
