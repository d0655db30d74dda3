// SPDX-License-Identifier: MIT
// One choice of a Segmented; not for use alone. Only the chosen one takes the Tab key, arrows move on.
import QtQuick
import QtQuick.Templates as T
import Hubbub.Ui

T.AbstractButton {
    id: root

    implicitWidth: implicitContentWidth + 2 * Metrics.s8
    implicitHeight: Metrics.px(28)
    hoverEnabled: true
    focus: checked
    focusPolicy: checked ? Qt.StrongFocus : Qt.ClickFocus
    Accessible.role: Accessible.PageTab
    // The template sets its own role at the end.
    Component.onCompleted: Accessible.role = Accessible.PageTab
    Accessible.name: text
    Accessible.selectable: true
    Accessible.selected: checked

    background: Rectangle {
        radius: Metrics.radiusTag
        color: root.checked ? Theme.surface : "transparent"
        border.width: root.checked ? Metrics.hairline : 0
        border.color: Theme.borderSubtle

        FocusRing {
            shown: root.visualFocus
            around: Metrics.radiusTag
        }
    }

    contentItem: HText {
        text: root.text
        font: root.checked ? Fonts.labelStrong : Fonts.control
        color: !root.enabled ? Theme.textMuted : root.checked || root.hovered ? Theme.text : Theme.textSecondary
        horizontalAlignment: Text.AlignHCenter
        Accessible.ignored: true
    }
}
