// SPDX-License-Identifier: MIT
// The rooms a connection is in.
pragma ComponentBehavior: Bound
import QtQuick
import Hubbub.Ui

Column {
    id: root

    property var rooms: []

    spacing: Metrics.px(6)

    Row {
        spacing: Metrics.px(6)

        HText {
            height: Metrics.textLine
            text: qsTr("Rooms")
            font: Fonts.labelStrong
            Accessible.role: Accessible.Heading
        }
        HText {
            height: Metrics.textLine
            text: root.rooms.length === 0 ? qsTr("none but its own") : qsTr("%1, and its own").arg(root.rooms.length)
            font: Fonts.numSmall
            color: Theme.textSecondary
        }
    }
    Flow {
        width: parent.width
        spacing: Metrics.px(6)
        visible: root.rooms.length > 0

        Repeater {
            model: root.rooms

            Rectangle {
                id: pill

                required property string modelData

                width: Math.min(root.width, words.implicitWidth + 2 * Metrics.s8)
                height: Metrics.controlSmall
                radius: height / 2
                color: Theme.bubbleOther

                HText {
                    id: words
                    x: Metrics.s8
                    width: parent.width - 2 * x
                    height: parent.height
                    text: pill.modelData
                    font: Fonts.monoSmall
                }
            }
        }
    }
}
