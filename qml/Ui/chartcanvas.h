// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QBasicTimer>
#include <QtCore/QVariant>
#include <QtGui/QColor>
#include <QtGui/QFont>
#include <QtQuick/QQuickPaintedItem>

#include "qml/Ui/chartscale.h"

namespace Hubbub::Ui
{

/// The drawing behind TimeSeriesChart.qml: lines over time with grid and labels; time without data is
/// hatched, never bridged. Painted, since the software renderer draws no scene-graph lines. Repaints for new
/// data at most once a second. `series` is a list of maps {values: list of real (NaN: not known), color,
/// filled: bool, bars: bool}; the newest value is last and stands at the right edge. Thread: GUI.
class ChartCanvas : public QQuickPaintedItem
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QVariantList series READ series WRITE setSeries NOTIFY seriesChanged)
    /// How many values fill the width, one per step of time.
    Q_PROPERTY(int capacity MEMBER m_capacity NOTIFY looksChanged)
    /// Fixed upper edge; 0 chooses it from the data.
    Q_PROPERTY(qreal maximum MEMBER m_maximum NOTIFY looksChanged)
    /// A dashed line at this value; 0 is none.
    Q_PROPERTY(qreal threshold MEMBER m_threshold NOTIFY looksChanged)
    /// Texts spread evenly below, the first at the left edge, the last at the right.
    Q_PROPERTY(QStringList timeLabels MEMBER m_timeLabels NOTIFY looksChanged)
    Q_PROPERTY(QFont font MEMBER m_font NOTIFY looksChanged)
    Q_PROPERTY(QColor gridColor MEMBER m_gridColor NOTIFY looksChanged)
    Q_PROPERTY(QColor gapColor MEMBER m_gapColor NOTIFY looksChanged)
    Q_PROPERTY(QColor labelColor MEMBER m_labelColor NOTIFY looksChanged)
    Q_PROPERTY(QColor thresholdColor MEMBER m_thresholdColor NOTIFY looksChanged)
    Q_PROPERTY(qreal lineWidth MEMBER m_lineWidth NOTIFY looksChanged)
    /// Space for the labels left of and below the plot.
    Q_PROPERTY(qreal labelWidth MEMBER m_labelWidth NOTIFY looksChanged)
    Q_PROPERTY(qreal labelHeight MEMBER m_labelHeight NOTIFY looksChanged)

public:
    explicit ChartCanvas(QQuickItem *parent = nullptr);

    QVariantList series() const { return m_series; }
    void setSeries(const QVariantList &series);
    void paint(QPainter *painter) override;

Q_SIGNALS:
    void seriesChanged();
    void looksChanged();

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    struct Line {
        QList<qreal> values;
        QColor color;
        bool filled = false;
        bool bars = false;
    };

    ChartScale scale() const;
    void paintGrid(QPainter *painter, const QRectF &plot, const ChartScale &scale) const;
    void paintGaps(QPainter *painter, const QRectF &plot) const;
    void paintTimes(QPainter *painter, const QRectF &plot) const;
    bool isKnown(int fromRight) const;

    QVariantList m_series;
    QList<Line> m_lines;
    int m_capacity = 60;
    qreal m_maximum = 0;
    qreal m_threshold = 0;
    QStringList m_timeLabels;
    QFont m_font;
    QColor m_gridColor = Qt::lightGray;
    QColor m_gapColor = Qt::lightGray;
    QColor m_labelColor = Qt::darkGray;
    QColor m_thresholdColor = Qt::red;
    qreal m_lineWidth = 1.5;
    qreal m_labelWidth = 36;
    qreal m_labelHeight = 24;
    QBasicTimer m_pace;
    bool m_stale = false;
};

} // namespace Hubbub::Ui
