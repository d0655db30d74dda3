// SPDX-License-Identifier: MIT
// One machine of the server: how many clients it has and what it needs for them.
import QtQuick
import Hubbub.Ui

Rectangle {
    id: root

    required property string name
    required property int clients
    required property string uptimeText
    required property real cpu
    required property string memoryText
    required property string status

    /// Its connections over time; drawn where there is room.
    property alias values: line.values

    readonly property int cell: Math.floor((width - 2 * Metrics.s16) / 4)

    objectName: "nodeCard"
    implicitHeight: Metrics.px(112)
    radius: Metrics.radiusCard
    color: Theme.surface
    border.width: Metrics.hairline
    border.color: Theme.borderSubtle
    Accessible.role: Accessible.Grouping
    Accessible.name: qsTr("Node %1, %2").arg(name).arg(status)

    Icon {
        id: glyph
        anchors.left: parent.left
        anchors.leftMargin: Metrics.s16
        y: Metrics.px(15)
        name: "server"
        size: Metrics.iconSmall
        color: Theme.textSecondary
    }
    HText {
        anchors.left: glyph.right
        anchors.leftMargin: Metrics.px(10)
        anchors.right: tag.left
        anchors.rightMargin: Metrics.s8
        y: Metrics.px(13)
        height: Metrics.textLine
        text: root.name
        font: Fonts.mono
    }
    Tag {
        id: tag
        anchors.right: parent.right
        anchors.rightMargin: Metrics.s16
        y: Metrics.px(14)
        visible: text !== ""
        kind: root.status === "On time" ? Tag.Success : Tag.Warning
        text: root.status
    }
    Sparkline {
        id: line
        anchors.top: glyph.bottom
        anchors.topMargin: Metrics.s16
        anchors.bottom: cells.top
        anchors.bottomMargin: Metrics.s8
        x: Metrics.s16
        width: parent.width - 2 * Metrics.s16
        visible: values.length > 1
    }
    Row {
        id: cells
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Metrics.s12
        anchors.left: parent.left
        anchors.leftMargin: Metrics.s16

        StatCell {
            width: root.cell
            label: qsTr("clients")
            value: Ui.grouped(root.clients)
        }
        StatCell {
            width: root.cell
            label: qsTr("CPU")
            value: root.cpu < 0 ? qsTr("not told") : qsTr("%1 %").arg(Math.round(root.cpu))
            tone: root.cpu < 0 ? Theme.textMuted : Theme.text
        }
        StatCell {
            width: root.cell
            label: qsTr("memory")
            value: root.memoryText === "" ? qsTr("not told") : root.memoryText
            tone: root.memoryText === "" ? Theme.textMuted : Theme.text
        }
        StatCell {
            width: root.cell
            label: qsTr("uptime")
            value: root.uptimeText
        }
    }
}
