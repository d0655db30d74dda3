// SPDX-License-Identifier: MIT
// A thin scroll bar that widens under the pointer. Flickable { ScrollBar.vertical: HScrollBar {} }
import QtQuick
import QtQuick.Templates as T
import Hubbub.Ui

T.ScrollBar {
    id: root

    implicitWidth: implicitContentWidth + leftPadding + rightPadding
    implicitHeight: implicitContentHeight + topPadding + bottomPadding
    padding: Metrics.s2
    minimumSize: orientation === Qt.Vertical ? Metrics.s32 / Math.max(1, height) : Metrics.s32 / Math.max(1, width)
    hoverEnabled: true
    visible: policy === T.ScrollBar.AlwaysOn || (policy === T.ScrollBar.AsNeeded && size < 1.0)

    contentItem: Rectangle {
        implicitWidth: root.hovered || root.pressed ? Metrics.s8 : Metrics.s4
        implicitHeight: implicitWidth
        radius: Math.min(width, height) / 2
        color: root.pressed ? Theme.textSecondary : Theme.borderStrong
        opacity: root.active || root.hovered ? 1 : 0.45
        Behavior on opacity { NumberAnimation { duration: Motion.normal } }
    }
}
