// SPDX-License-Identifier: MIT
// A choice that counts only with a button later. HCheckBox { text: qsTr("Remember me") }
import QtQuick
import QtQuick.Templates as T
import Hubbub.Ui

T.CheckBox {
    id: root

    implicitWidth: indicator.width + Metrics.s8 + implicitContentWidth
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
        x: root.mirrored ? root.width - width : 0
        y: (root.height - height) / 2
        implicitWidth: Metrics.px(18)
        implicitHeight: Metrics.px(18)
        radius: Metrics.radiusTag
        color: root.checked ? (root.enabled ? Theme.accent : Theme.hover) : root.hovered ? Theme.hover : Theme.surface
        border.width: root.checked ? 0 : Metrics.hairline
        border.color: root.enabled ? Theme.borderStrong : Theme.borderSubtle

        Icon {
            anchors.centerIn: parent
            visible: root.checked
            name: "check"
            size: Metrics.px(14)
            color: root.enabled ? Theme.accentInk : Theme.textMuted
        }
        FocusRing {
            shown: root.visualFocus
            around: Metrics.radiusTag
        }
    }

    contentItem: HText {
        leftPadding: root.mirrored ? 0 : root.indicator.width + Metrics.s8
        rightPadding: root.mirrored ? root.indicator.width + Metrics.s8 : 0
        text: root.text
        font: root.font
        color: root.enabled ? Theme.text : Theme.textMuted
        Accessible.ignored: true
    }
}
