// SPDX-License-Identifier: MIT
// The head of a conversation: which room, how the connection is, and the way to the details.
import QtQuick
import Hubbub.App
import Hubbub.Ui

Rectangle {
    id: root

    property Room room: null
    property LinkStatus link: null
    property bool narrow: false
    property bool detailsShown: false

    readonly property int buttonEdge: Metrics.px(10)

    signal backTriggered()
    signal detailsToggled()

    implicitHeight: Metrics.header
    color: Theme.surface
    Accessible.role: Accessible.Grouping
    Accessible.name: room?.title ?? ""

    IconButton {
        id: back
        objectName: "backButton"
        anchors.left: parent.left
        anchors.leftMargin: Metrics.s8
        anchors.verticalCenter: parent.verticalCenter
        visible: root.narrow
        iconName: "chevron-left"
        directional: true
        text: qsTr("Back to the rooms")
        onClicked: root.backTriggered()
    }
    Avatar {
        id: tile
        anchors.left: parent.left
        anchors.leftMargin: root.narrow ? Metrics.px(44) : Metrics.s16
        anchors.verticalCenter: parent.verticalCenter
        visible: root.room !== null
        room: true
        size: Metrics.s32
        name: root.room?.title ?? ""
        slot: root.room?.slot ?? -1
        Accessible.ignored: true
    }
    Item {
        anchors.left: tile.right
        anchors.leftMargin: root.narrow ? Metrics.px(10) : Metrics.s12
        anchors.right: side.left
        anchors.rightMargin: root.narrow ? Metrics.s8 : Metrics.s12
        height: parent.height
        visible: root.room !== null

        HText {
            objectName: "roomTitle"
            y: words.visible ? Metrics.px(9) : 0
            width: parent.width
            height: words.visible ? Metrics.textLine : parent.height - Metrics.hairline
            text: root.room?.title ?? ""
            font: Fonts.subtitle
            Accessible.role: Accessible.Heading
        }
        HText {
            id: words
            y: Metrics.px(29)
            width: parent.width
            height: Metrics.px(18)
            visible: text !== ""
            text: root.room?.subtitle ?? ""
            font: Fonts.small
            color: Theme.textSecondary
        }
    }
    Row {
        id: side
        anchors.right: parent.right
        anchors.rightMargin: root.buttonEdge
        anchors.verticalCenter: parent.verticalCenter
        spacing: root.narrow ? Metrics.s4 : Metrics.s12

        LinkChip {
            anchors.verticalCenter: parent.verticalCenter
            link: root.link
            narrow: root.narrow
        }
        IconButton {
            objectName: "detailsToggle"
            visible: root.room !== null
            iconName: "panel"
            directional: true
            checked: root.detailsShown
            text: qsTr("Details")
            onClicked: root.detailsToggled()
        }
    }
    Hairline {
        anchors.bottom: parent.bottom
        width: parent.width
    }
}
