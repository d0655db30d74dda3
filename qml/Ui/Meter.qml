// SPDX-License-Identifier: MIT
// How much of a limit is used, or how far a transfer is: a bar 4 px high. Meter { value: 0.83; tone: Theme.warning }
import QtQuick
import Hubbub.Ui

Rectangle {
    id: root

    property real value: 0
    property color tone: Theme.accent
    property string label

    implicitWidth: Metrics.px(200)
    implicitHeight: Metrics.s4
    radius: height / 2
    color: Theme.hover
    Accessible.role: Accessible.ProgressBar
    Accessible.name: label === "" ? qsTr("%1 percent").arg(Math.round(value * 100)) : label

    Rectangle {
        anchors.left: parent.left
        width: Math.round(parent.width * Math.max(0, Math.min(1, root.value)))
        height: parent.height
        radius: parent.radius
        color: root.tone
    }
}
