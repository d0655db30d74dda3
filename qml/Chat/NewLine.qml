// SPDX-License-Identifier: MIT
// Stands above the first message that was not read.
import QtQuick
import Hubbub.Ui

Item {
    id: root

    implicitHeight: Metrics.textLine
    Accessible.role: Accessible.Separator
    Accessible.name: qsTr("New messages")

    Rectangle {
        anchors.verticalCenter: parent.verticalCenter
        width: parent.width
        height: Metrics.hairline
        color: Theme.mention
    }
    Rectangle {
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        width: words.implicitWidth + Metrics.px(18)
        height: Metrics.px(18)
        radius: height / 2
        color: Theme.mention

        HText {
            id: words
            anchors.centerIn: parent
            text: qsTr("New")
            font: Fonts.captionStrong
            color: Theme.mentionInk
            Accessible.ignored: true
        }
    }
}
