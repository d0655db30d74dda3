// SPDX-License-Identifier: MIT
// One figure of the console with its last minute. Tile { label: qsTr("Connections"); figure: Ui.grouped(n); values: model.lastMinute }
import QtQuick
import Hubbub.Ui

Rectangle {
    id: root

    enum Trend { None, Up, Down }

    property string label
    property string figure
    property string unit
    property string note
    property int trend: Tile.None
    /// Colour of arrow and note; a judgement, so the page decides it.
    property color tone: Theme.textSecondary
    property alias values: line.values
    property int seriesIndex: 0

    implicitWidth: Metrics.px(230)
    implicitHeight: Metrics.px(104)
    radius: Metrics.radiusCard
    color: Theme.surface
    border.width: Metrics.hairline
    border.color: Theme.borderSubtle
    Accessible.role: Accessible.StaticText
    Accessible.name: qsTr("%1: %2 %3. %4").arg(label).arg(figure).arg(unit).arg(note)

    HText {
        anchors.left: parent.left
        anchors.leftMargin: Metrics.s16
        y: Metrics.px(10)
        height: Metrics.px(18)
        text: root.label
        font: Fonts.small
        color: Theme.textSecondary
        Accessible.ignored: true
    }
    HText {
        id: big
        anchors.left: parent.left
        anchors.leftMargin: Metrics.s16
        y: Metrics.px(30)
        height: Metrics.px(36)
        text: root.figure
        font: Fonts.numDisplay
        Accessible.ignored: true
    }
    HText {
        anchors.left: big.right
        anchors.leftMargin: Metrics.s4
        anchors.baseline: big.baseline
        text: root.unit
        font: Fonts.control
        color: Theme.textSecondary
        Accessible.ignored: true
    }
    Sparkline {
        id: line
        anchors.right: parent.right
        anchors.rightMargin: Metrics.s16
        y: Metrics.px(24)
        height: Metrics.px(40)
        visible: values.length > 1
        color: Theme.series(root.seriesIndex)
    }
    Icon {
        id: arrow
        anchors.left: parent.left
        anchors.leftMargin: Metrics.s16
        y: Metrics.px(76)
        visible: root.trend !== Tile.None
        name: root.trend === Tile.Up ? "arrow-up-right" : "arrow-down-right"
        size: Metrics.px(14)
        color: root.tone
    }
    HText {
        anchors.left: parent.left
        anchors.leftMargin: Metrics.s16 + (arrow.visible ? arrow.width + Metrics.s4 + Metrics.hairline : 0)
        y: Metrics.px(74)
        width: parent.width - anchors.leftMargin - Metrics.s16
        height: Metrics.px(18)
        text: root.note
        font: Fonts.numSmall
        color: root.tone
        Accessible.ignored: true
    }
}
