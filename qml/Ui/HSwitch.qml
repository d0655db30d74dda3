// SPDX-License-Identifier: MIT
// On or off, at once. The words stand left, the switch right. HSwitch { text: qsTr("Keep history after stopping") }
import QtQuick
import QtQuick.Templates as T
import Hubbub.Ui

T.Switch {
    id: root

    implicitWidth: implicitContentWidth + indicator.width + (text === "" ? 0 : Metrics.s16)
    implicitHeight: Metrics.control
    padding: 0
    font: Fonts.control
    hoverEnabled: true
    focusPolicy: Qt.StrongFocus
    Accessible.role: Accessible.CheckBox
    Accessible.name: text
    Accessible.checkable: true
    Accessible.checked: checked

    indicator: Rectangle {
        x: root.mirrored ? 0 : root.width - width
        y: (root.height - height) / 2
        implicitWidth: Metrics.px(36)
        implicitHeight: Metrics.px(20)
        radius: height / 2
        color: !root.enabled ? Theme.hover
            : root.checked ? (root.hovered ? Theme.accentHover : Theme.accent)
            : root.hovered ? Theme.textSecondary : Theme.borderStrong
        Behavior on color { ColorAnimation { duration: Motion.hover } }

        Rectangle {
            readonly property int gap: Metrics.s2
            x: gap + root.visualPosition * (parent.width - width - 2 * gap)
            y: gap
            width: parent.height - 2 * gap
            height: width
            radius: width / 2
            color: !root.enabled ? Theme.textMuted : root.checked ? Theme.accentInk : Theme.surface
            Behavior on x { NumberAnimation { duration: Motion.hover } }
        }
        FocusRing {
            shown: root.visualFocus
            around: parent.height / 2
        }
    }

    contentItem: HText {
        rightPadding: root.mirrored ? 0 : root.indicator.width + Metrics.s16
        leftPadding: root.mirrored ? root.indicator.width + Metrics.s16 : 0
        text: root.text
        font: root.font
        color: root.enabled ? Theme.text : Theme.textMuted
        Accessible.ignored: true
    }
}
