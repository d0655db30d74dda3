// SPDX-License-Identifier: MIT
// One of several choices, with a sentence that explains it. Siblings exclude each other.
// RadioRow { text: qsTr("Anyone with the PIN"); subtitle: qsTr("Six digits, new for each session") }
import QtQuick
import QtQuick.Templates as T
import Hubbub.Ui

T.RadioButton {
    id: root

    property string subtitle

    function fitting(needed: real): real {
        return availableWidth > 0 ? Math.min(needed, availableWidth) : needed;
    }

    implicitWidth: Metrics.px(240)
    implicitHeight: Math.max(Metrics.control, implicitContentHeight + topPadding + bottomPadding)
    leftPadding: mirrored ? 0 : indicator.width + Metrics.s12
    rightPadding: mirrored ? indicator.width + Metrics.s12 : 0
    topPadding: 0
    bottomPadding: 0
    hoverEnabled: true
    focusPolicy: Qt.StrongFocus
    Accessible.role: Accessible.RadioButton
    Accessible.name: text
    Accessible.description: subtitle
    Accessible.checkable: true
    Accessible.checked: checked

    indicator: Rectangle {
        x: root.mirrored ? root.width - width : 0
        y: Metrics.s2 / 2
        implicitWidth: Metrics.px(18)
        implicitHeight: Metrics.px(18)
        radius: width / 2
        color: root.checked ? (root.enabled ? Theme.accent : Theme.textMuted) : root.hovered ? Theme.hover : Theme.surface
        border.width: root.checked ? 0 : Metrics.hairline
        border.color: root.enabled ? Theme.borderStrong : Theme.borderSubtle

        Rectangle {
            anchors.centerIn: parent
            visible: root.checked
            width: Metrics.s8
            height: width
            radius: width / 2
            color: root.enabled ? Theme.accentInk : Theme.surface
        }
        FocusRing {
            shown: root.visualFocus
            around: parent.width / 2
        }
    }

    contentItem: Column {
        spacing: Metrics.s2

        HText {
            width: root.fitting(implicitWidth)
            height: Metrics.textLine
            text: root.text
            font: Fonts.label
            color: root.enabled ? Theme.text : Theme.textMuted
            Accessible.ignored: true
        }
        HText {
            width: root.fitting(implicitWidth)
            visible: text !== ""
            text: root.subtitle
            font: Fonts.small
            color: root.enabled ? Theme.textSecondary : Theme.textMuted
            Accessible.ignored: true
        }
    }
}
