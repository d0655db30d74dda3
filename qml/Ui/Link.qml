// SPDX-License-Identifier: MIT
// Words that lead somewhere, underlined. Link { text: qsTr("Find out why"); onClicked: … }
import QtQuick
import QtQuick.Templates as T
import Hubbub.Ui

T.AbstractButton {
    id: root

    property bool danger: false

    implicitWidth: implicitContentWidth
    implicitHeight: Metrics.controlSmall
    font: Fonts.control
    hoverEnabled: true
    focusPolicy: Qt.StrongFocus
    Accessible.role: Accessible.Link
    Accessible.name: text
    Keys.onReturnPressed: root.clicked()

    contentItem: HText {
        text: root.text
        font.family: root.font.family
        font.pixelSize: root.font.pixelSize
        font.weight: root.font.weight
        font.hintingPreference: Font.PreferNoHinting
        font.underline: root.enabled
        color: !root.enabled ? Theme.textMuted : root.danger ? Theme.danger : root.hovered ? Theme.accentHover : Theme.link
        Accessible.ignored: true
    }
    background: Item {
        FocusRing {
            shown: root.visualFocus
            around: Metrics.radiusTag
        }
    }
    HoverHandler { cursorShape: Qt.PointingHandCursor }
}
