// SPDX-License-Identifier: MIT
// A namespace of the server and how many sockets it has; the console's own is drawn hollow.
import QtQuick
import Hubbub.Ui

Item {
    id: root

    required property string name
    required property int sockets
    required property int slot

    readonly property bool own: name === "/admin"

    implicitHeight: Metrics.px(28)
    Accessible.role: Accessible.ListItem
    Accessible.name: qsTr("%1, %n socket(s)", "", sockets).arg(name)

    Rectangle {
        anchors.left: parent.left
        anchors.leftMargin: Metrics.s12
        anchors.verticalCenter: parent.verticalCenter
        width: Metrics.px(10)
        height: width
        radius: Metrics.px(3)
        color: root.own ? "transparent" : Theme.nameColor(root.slot)
        border.width: root.own ? Metrics.hairline : 0
        border.color: Theme.borderStrong
    }
    HText {
        anchors.left: parent.left
        anchors.leftMargin: Metrics.s32
        width: parent.width - anchors.leftMargin - figure.width - Metrics.s16
        height: parent.height
        text: root.name
        font: Fonts.monoSmall
        color: Theme.textSecondary
        Accessible.ignored: true
    }
    HText {
        id: figure
        anchors.right: parent.right
        anchors.rightMargin: Metrics.s12
        height: parent.height
        text: Ui.grouped(root.sockets)
        font: Fonts.numSmall
        color: Theme.textSecondary
        Accessible.ignored: true
    }
}
