// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QBasicTimer>
#include <QtGui/QColor>
#include <QtQuick/QQuickPaintedItem>

namespace Hubbub::Ui
{

/// The drawing behind Sparkline.qml: one line of values from left to right, the area under it tinted.
/// NaN leaves a gap. Repaints for new values at most once a second. Thread: GUI.
class SparklineCanvas : public QQuickPaintedItem
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QList<qreal> values READ values WRITE setValues NOTIFY valuesChanged)
    Q_PROPERTY(QColor color MEMBER m_color NOTIFY looksChanged)
    Q_PROPERTY(bool filled MEMBER m_filled NOTIFY looksChanged)
    Q_PROPERTY(qreal lineWidth MEMBER m_lineWidth NOTIFY looksChanged)

public:
    explicit SparklineCanvas(QQuickItem *parent = nullptr);

    QList<qreal> values() const { return m_values; }
    void setValues(const QList<qreal> &values);
    void paint(QPainter *painter) override;

Q_SIGNALS:
    void valuesChanged();
    void looksChanged();

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    QList<qreal> m_values;
    QColor m_color = Qt::blue;
    bool m_filled = true;
    qreal m_lineWidth = 1.5;
    QBasicTimer m_pace;
    bool m_stale = false;
};

} // namespace Hubbub::Ui
