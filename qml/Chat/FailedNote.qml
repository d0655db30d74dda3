// SPDX-License-Identifier: MIT
// What a message that could not be sent says and offers, left of its status glyph.
import QtQuick
import Hubbub.Ui

Row {
    id: root

    /// Why, in a sentence; shown under the pointer.
    property string error

    signal retryTriggered()

    spacing: Metrics.s8

    HText {
        anchors.verticalCenter: parent.verticalCenter
        text: qsTr("Not sent")
        font: Fonts.small
        color: Theme.danger
        Accessible.description: root.error

        HoverHandler { id: pointer }
        HToolTip {
            visible: pointer.hovered && root.error !== ""
            text: root.error
        }
    }
    HButton {
        objectName: "retryButton"
        kind: HButton.RiskOutline
        small: true
        text: qsTr("Retry")
        Accessible.description: root.error
        onClicked: root.retryTriggered()
    }
}
