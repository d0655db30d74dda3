// SPDX-License-Identifier: MIT
// A 2 px bar at the top edge of what is being fetched; still when motion is reduced. BusyBar { running: model.paging }
import QtQuick
import Hubbub.Ui

Rectangle {
    id: root

    property bool running: false

    implicitHeight: Metrics.s2
    implicitWidth: Metrics.px(200)
    visible: running
    clip: true
    color: Theme.hover
    Accessible.role: Accessible.ProgressBar
    Accessible.name: qsTr("Loading")

    Rectangle {
        id: part
        width: Math.round(parent.width / 3)
        height: parent.height
        x: Math.round(parent.width * 0.22)
        color: Theme.accent

        SequentialAnimation on x {
            running: root.running && root.visible && !Motion.reduced
            loops: Animation.Infinite
            NumberAnimation { from: -part.width; to: root.width; duration: Motion.flash; easing.type: Easing.InOutQuad }
        }
    }
}
