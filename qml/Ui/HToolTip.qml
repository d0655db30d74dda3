// SPDX-License-Identifier: MIT
// A tool tip, after 700 ms. As a child of a control: HToolTip { text: …; visible: parent.hovered }
import QtQuick
import QtQuick.Templates as T
import Hubbub.Ui

T.ToolTip {
    id: root

    x: parent ? Math.round((parent.width - implicitWidth) / 2) : 0
    y: parent ? parent.height + Metrics.s4 : 0
    implicitWidth: implicitContentWidth + leftPadding + rightPadding
    implicitHeight: implicitContentHeight + topPadding + bottomPadding
    margins: Metrics.s8
    horizontalPadding: Metrics.s8
    verticalPadding: Metrics.s4
    delay: Motion.toolTipDelay
    closePolicy: T.Popup.CloseOnEscape | T.Popup.CloseOnPressOutsideParent | T.Popup.CloseOnReleaseOutsideParent

    contentItem: HText {
        text: root.text
        font: Fonts.small
        color: Theme.toastInk
    }
    background: Rectangle {
        radius: Metrics.radiusTag
        color: Theme.toast
        border.width: Theme.dark ? Metrics.hairline : 0
        border.color: Theme.borderStrong
    }
}
