// SPDX-License-Identifier: MIT
// The action inside a Chip; part of Chip.
import QtQuick
import QtQuick.Templates as T
import Hubbub.Ui

T.AbstractButton {
    id: root

    property color ink: Theme.text

    implicitWidth: implicitContentWidth
    hoverEnabled: true
    focusPolicy: Qt.StrongFocus
    Accessible.role: Accessible.Button
    Accessible.name: text
    Keys.onReturnPressed: root.clicked()

    contentItem: HText {
        text: root.text
        font.family: Fonts.family
        font.pixelSize: Fonts.smallStrong.pixelSize
        font.weight: Font.DemiBold
        font.hintingPreference: Font.PreferNoHinting
        font.underline: root.hovered || root.visualFocus
        color: root.ink
        Accessible.ignored: true
    }
    background: Item {
        Rectangle {
            anchors.fill: parent
            anchors.margins: Metrics.s2
            anchors.leftMargin: -Metrics.s4
            anchors.rightMargin: -Metrics.s4
            visible: root.visualFocus
            color: "transparent"
            radius: Metrics.radiusTag
            border.width: Metrics.focusWidth
            border.color: Theme.accent
        }
    }
}
