// SPDX-License-Identifier: MIT
// An action inside a Banner or a Toast, in its ink; part of both.
import QtQuick
import QtQuick.Templates as T
import Hubbub.Ui

T.AbstractButton {
    id: root

    property color ink: Theme.text

    implicitWidth: implicitContentWidth + 2 * Metrics.s8
    implicitHeight: Metrics.px(28)
    hoverEnabled: true
    focusPolicy: Qt.StrongFocus
    Accessible.role: Accessible.Button
    Accessible.name: text
    Keys.onReturnPressed: root.clicked()

    contentItem: HText {
        text: root.text
        font: Fonts.labelStrong
        color: root.ink
        horizontalAlignment: Text.AlignHCenter
        Accessible.ignored: true
    }
    background: Rectangle {
        radius: Metrics.radiusControl
        color: root.hovered || root.down ? Theme.faint(root.ink, 0.1) : "transparent"
        border.width: root.visualFocus ? Metrics.focusWidth : 0
        border.color: root.ink
    }
}
