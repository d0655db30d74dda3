// SPDX-License-Identifier: MIT
// The glyph of a Chip: a shape of its own per kind, so that colour is not needed; part of Chip.
import QtQuick
import Hubbub.Ui

Item {
    id: root

    property int kind: Chip.Offline
    property color color: Theme.textMuted

    readonly property bool turning: kind === Chip.Connecting || kind === Chip.Syncing
    readonly property bool dot: kind === Chip.Online || kind === Chip.Offline

    implicitWidth: Metrics.px(14)
    implicitHeight: Metrics.px(14)

    Rectangle {
        anchors.centerIn: parent
        visible: root.dot
        width: Metrics.s8
        height: width
        radius: width / 2
        color: root.kind === Chip.Online ? root.color : "transparent"
        border.width: root.kind === Chip.Online ? 0 : Math.max(1, Metrics.s2 * 0.75)
        border.color: root.color
    }
    Icon {
        id: icon
        anchors.centerIn: parent
        visible: !root.dot
        name: ["", "clock", "ring", "ring", "", "alert-triangle", "alert-octagon", "shield-alert"][root.kind]
        size: Metrics.px(14)
        color: root.color
    }
    Timer {
        running: root.turning && root.visible && !Motion.reduced
        interval: Motion.ringStep
        repeat: true
        onTriggered: icon.angle = (icon.angle + 45) % 360
        onRunningChanged: if (!running) icon.angle = 0
    }
}
