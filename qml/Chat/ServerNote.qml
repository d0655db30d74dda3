// SPDX-License-Identifier: MIT
// The foot of the details: which server this room is on, and how safe and how alive the way to it is.
import QtQuick
import Hubbub.App
import Hubbub.Ui

Item {
    id: root

    property ServerSession session: null

    readonly property string url: session?.url ?? ""
    readonly property string condition: session?.link.isOnline ? qsTr("online %1").arg(session.link.sinceText) : qsTr("not connected")

    objectName: "serverNote"
    implicitHeight: label.y + label.height + Metrics.personRow + Metrics.s8
    Accessible.role: Accessible.StaticText
    Accessible.name: qsTr("Server %1, %2").arg(address.text).arg(safety.text)

    Hairline {
        x: Metrics.s16
        width: parent.width - 2 * Metrics.s16
    }
    SectionLabel {
        id: label
        x: Metrics.s16
        y: Metrics.s8
        width: parent.width - 2 * Metrics.s16
        text: qsTr("Server")
    }
    IconTile {
        id: tile
        anchors.left: parent.left
        anchors.leftMargin: Metrics.s16
        anchors.top: label.bottom
        anchors.topMargin: Metrics.s4
        size: Metrics.s32
        iconName: root.session?.hosted ? "broadcast" : "globe"
        slot: root.session?.slot ?? -1
    }
    HText {
        id: address
        anchors.left: tile.right
        anchors.leftMargin: Metrics.s12
        anchors.right: parent.right
        anchors.rightMargin: Metrics.s16
        anchors.top: label.bottom
        anchors.topMargin: Metrics.s2
        height: Metrics.textLine
        text: root.url.replace(/^https?:\/\//, "")
        font: Fonts.mono
        Accessible.ignored: true
    }
    HText {
        id: safety
        anchors.left: address.left
        anchors.right: address.right
        anchors.top: address.bottom
        height: Metrics.px(18)
        text: (root.url.startsWith("https:") ? qsTr("Encrypted") : qsTr("Not encrypted")) + " · " + root.condition
        font: Fonts.numSmall
        color: Theme.textSecondary
        Accessible.ignored: true
    }
}
