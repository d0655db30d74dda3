// SPDX-License-Identifier: MIT
// All about the selected connection.
import QtQuick
import QtQuick.Controls.Basic
import Hubbub.App
import Hubbub.Ui

FocusScope {
    id: root

    required property ConnectionDetails details

    signal closeTriggered()

    objectName: "detailsPane"
    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Details of %1").arg(details.title)
    Keys.onEscapePressed: root.closeTriggered()

    Rectangle {
        anchors.fill: parent
        color: Theme.surface
    }
    Hairline {
        anchors.left: parent.left
        height: parent.height
        vertical: true
        color: Theme.borderSubtle
    }
    Flickable {
        anchors.fill: parent
        anchors.leftMargin: Metrics.hairline
        clip: true
        contentHeight: content.height + 2 * Metrics.s16
        boundsBehavior: Flickable.StopAtBounds
        ScrollBar.vertical: HScrollBar {}

        Column {
            id: content
            x: Metrics.s16 - Metrics.hairline
            y: Metrics.s16
            width: root.width - 2 * Metrics.s16
            spacing: Metrics.s12

            DetailsHead {
                width: parent.width
                details: root.details
                onCloseTriggered: root.closeTriggered()
            }
            Hairline {
                width: parent.width
            }
            DetailsRooms {
                width: parent.width
                rooms: root.details.rooms
            }
            Hairline {
                width: parent.width
            }
            DetailsEvents {
                width: parent.width
                details: root.details
            }
            Hairline {
                width: parent.width
            }
            HText {
                height: Metrics.textLine
                visible: root.details.dataText !== ""
                text: qsTr("Data")
                font: Fonts.labelStrong
                Accessible.role: Accessible.Heading
            }
            Rectangle {
                width: parent.width
                height: data.height + 2 * Metrics.s8
                visible: root.details.dataText !== ""
                radius: Metrics.radiusCard
                color: Theme.window
                border.width: Metrics.hairline
                border.color: Theme.borderSubtle

                HText {
                    id: data
                    objectName: "detailsData"
                    x: Metrics.s12
                    y: Metrics.s8
                    width: parent.width - 2 * x
                    text: root.details.dataText
                    font: Fonts.monoSmall
                    wrapMode: Text.WrapAnywhere
                }
            }
        }
    }
}
