// SPDX-License-Identifier: MIT
// The line between two days of a conversation.
import QtQuick
import Hubbub.Ui

Item {
    id: root

    property string text

    implicitHeight: Metrics.textLine
    Accessible.role: Accessible.Separator
    Accessible.name: text

    Hairline {
        anchors.verticalCenter: parent.verticalCenter
        width: parent.width
    }
    Rectangle {
        anchors.centerIn: parent
        width: words.implicitWidth + Metrics.px(22)
        height: parent.height
        radius: height / 2
        color: Theme.surface
        border.width: Metrics.hairline
        border.color: Theme.hairline

        HText {
            id: words
            anchors.centerIn: parent
            text: root.text
            font: Fonts.make(Fonts.family, 11, Font.Medium)
            color: Theme.textSecondary
            Accessible.ignored: true
        }
    }
}
