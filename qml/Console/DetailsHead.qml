// SPDX-License-Identifier: MIT
// Who a connection belongs to, how it is carried, and its figures.
import QtQuick
import Hubbub.App
import Hubbub.Ui

Column {
    id: root

    required property ConnectionDetails details

    readonly property int cell: Math.floor(width / 3)

    signal closeTriggered()

    function rate(value: real): string {
        return qsTr("%1 /s").arg(value >= 10 || Number.isInteger(value) ? Ui.grouped(Math.round(value)) : value.toFixed(1));
    }

    spacing: Metrics.s12

    Item {
        width: parent.width
        height: Metrics.avatar

        Avatar {
            id: disc
            anchors.left: parent.left
            room: true
            iconName: "person"
            slot: -1
            name: root.details.title
            Accessible.ignored: true
        }
        HText {
            objectName: "detailsTitle"
            anchors.left: disc.right
            anchors.leftMargin: Metrics.s12
            anchors.right: close.left
            anchors.rightMargin: Metrics.s8
            height: Metrics.px(18)
            text: root.details.title
            font: Fonts.bodyStrong
            Accessible.role: Accessible.Heading
        }
        HText {
            anchors.left: disc.right
            anchors.leftMargin: Metrics.s12
            anchors.right: close.left
            y: Metrics.px(20)
            height: Metrics.px(18)
            text: qsTr("%1 on %2").arg(root.details.socketId).arg(root.details.nsp)
            font: Fonts.small
            color: Theme.textSecondary
            elide: Text.ElideMiddle
        }
        IconButton {
            id: close
            objectName: "detailsPaneClose"
            anchors.right: parent.right
            anchors.rightMargin: -Metrics.px(6)
            anchors.verticalCenter: parent.verticalCenter
            iconName: "close"
            text: qsTr("Close the details")
            onClicked: root.closeTriggered()
        }
    }
    Row {
        spacing: Metrics.px(6)

        Tag {
            kind: root.details.transport === "polling" ? Tag.Warning : Tag.Info
            iconName: root.details.transport === "polling" ? "refresh" : "bolt"
            text: root.details.transport === "polling" ? qsTr("polling") : qsTr("socket")
        }
        Tag {
            visible: root.details.ended
            kind: Tag.Danger
            text: qsTr("closed")
        }
        Tag {
            visible: root.details.address !== ""
            text: root.details.address
        }
    }
    Row {
        StatCell {
            width: root.cell
            label: qsTr("Events out")
            value: root.rate(root.details.eventsOut)
        }
        StatCell {
            width: root.cell
            label: qsTr("Events in")
            value: root.rate(root.details.eventsIn)
        }
        StatCell {
            width: root.cell
            label: qsTr("Open for")
            value: root.details.openFor
        }
    }
}
