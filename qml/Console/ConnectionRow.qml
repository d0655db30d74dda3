// SPDX-License-Identifier: MIT
// One connection in the table.
import QtQuick
import Hubbub.Ui

ListRow {
    id: root

    required property string key
    required property string user
    required property int slot
    required property string socketId
    required property string nsp
    required property string transport
    required property string address
    required property int roomCount
    required property real eventsOut
    required property real eventsIn
    required property string openFor
    required property bool isAdmin

    // Each row has its own, since the table's would be gone before its last rows.
    readonly property ConnectionColumns columns: ConnectionColumns {
        width: root.width
    }

    readonly property bool polling: transport === "polling"
    readonly property bool named: user !== ""

    function figure(value: real): string {
        return value >= 100 || Number.isInteger(value) ? Ui.grouped(Math.round(value)) : value.toFixed(1);
    }

    objectName: "connectionRow"
    flat: true
    leftPadding: 0
    rightPadding: 0
    text: qsTr("%1 on %2, %3, open for %4").arg(named ? user : socketId).arg(nsp).arg(transport).arg(openFor)

    Hairline {
        anchors.bottom: parent.bottom
        x: root.columns.edge
        width: parent.width - 2 * x
        visible: !root.selected
    }
    Avatar {
        id: disc
        anchors.left: parent.left
        anchors.leftMargin: root.columns.userX
        anchors.verticalCenter: parent.verticalCenter
        size: Metrics.px(22)
        name: root.named ? root.user : root.socketId
        slot: root.isAdmin || !root.named ? -1 : root.slot
        iconName: root.isAdmin ? "activity" : root.named ? "" : "person"
        Accessible.ignored: true
    }
    HText {
        anchors.left: disc.right
        anchors.leftMargin: Metrics.s8
        width: root.columns.userRight - root.columns.userX - disc.width - Metrics.s8
        height: parent.height
        text: root.named ? root.user : root.isAdmin ? qsTr("console") : qsTr("no name")
        font: root.named ? Fonts.label : Fonts.control
        color: root.named ? Theme.text : Theme.textSecondary
        Accessible.ignored: true
    }
    HText {
        anchors.left: parent.left
        anchors.leftMargin: root.columns.socketX
        width: root.columns.transportX - anchors.leftMargin - Metrics.s8
        height: parent.height
        visible: root.columns.full
        text: root.socketId
        font: Fonts.monoSmall
        color: Theme.textSecondary
        Accessible.ignored: true
    }
    Icon {
        id: kind
        anchors.left: parent.left
        anchors.leftMargin: root.columns.transportX
        anchors.verticalCenter: parent.verticalCenter
        name: root.polling ? "refresh" : "bolt"
        size: Metrics.px(14)
        color: root.polling ? Theme.warning : Theme.textSecondary
    }
    HText {
        anchors.left: kind.left
        anchors.leftMargin: Metrics.textLine
        height: parent.height
        text: root.polling ? qsTr("polling") : qsTr("socket")
        font: Fonts.control
        color: root.polling ? Theme.warning : Theme.textSecondary
        Accessible.ignored: true
    }
    HText {
        anchors.left: parent.left
        anchors.leftMargin: root.columns.addressX
        width: root.columns.roomsRight - anchors.leftMargin - Metrics.px(36)
        height: parent.height
        visible: root.columns.full
        text: root.address
        font: Fonts.numControl
        color: Theme.textSecondary
        Accessible.ignored: true
    }
    HText {
        anchors.right: parent.right
        anchors.rightMargin: parent.width - root.columns.roomsRight
        height: parent.height
        visible: root.columns.some
        text: Ui.grouped(root.roomCount)
        font: Fonts.numControl
        Accessible.ignored: true
    }
    HText {
        anchors.right: parent.right
        anchors.rightMargin: parent.width - root.columns.inRight
        height: parent.height
        visible: root.columns.some
        text: root.figure(root.eventsIn)
        font: Fonts.numControl
        Accessible.ignored: true
    }
    HText {
        anchors.right: parent.right
        anchors.rightMargin: parent.width - root.columns.outRight
        height: parent.height
        text: root.figure(root.eventsOut)
        font: Fonts.numControl
        Accessible.ignored: true
    }
    HText {
        anchors.right: parent.right
        anchors.rightMargin: parent.width - root.columns.openRight
        height: parent.height
        text: root.openFor
        font: Fonts.numControl
        color: Theme.textSecondary
        Accessible.ignored: true
    }
}
