// SPDX-License-Identifier: MIT
// A chart of the last minutes in a card, with a legend of its newest figures.
import QtQuick
import Hubbub.Ui

Rectangle {
    id: root

    property string title
    property alias legend: legend.entries
    property alias series: chart.series
    property alias capacity: chart.capacity
    property alias timeLabels: chart.timeLabels
    /// Few things are counted on a scale of whole numbers.
    readonly property int least: 4

    function highest(lines: var): real {
        return lines.reduce((most, line) => line.values.reduce((peak, value) => value > peak ? value : peak, most), 0);
    }

    implicitHeight: Metrics.px(192)
    radius: Metrics.radiusCard
    color: Theme.surface
    border.width: Metrics.hairline
    border.color: Theme.borderSubtle
    Accessible.role: Accessible.Grouping
    Accessible.name: title

    HText {
        anchors.left: parent.left
        anchors.leftMargin: Metrics.s16
        y: Metrics.px(10)
        width: parent.width - anchors.leftMargin - legend.width - Metrics.s24
        height: Metrics.textLine
        text: root.title
        font: Fonts.labelStrong
        Accessible.role: Accessible.Heading
    }
    Legend {
        id: legend
        anchors.right: parent.right
        anchors.rightMargin: Metrics.s16
        y: Metrics.px(12)
    }
    TimeSeriesChart {
        id: chart
        x: Metrics.s16
        y: Metrics.px(35)
        width: parent.width - 2 * Metrics.s16
        height: parent.height - y - Metrics.s4 - Metrics.s2
        label: root.title
        maximum: root.highest(series) < root.least ? root.least : 0
    }
}
