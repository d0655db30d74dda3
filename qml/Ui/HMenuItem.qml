// SPDX-License-Identifier: MIT
// One line of an HMenu: icon, words, and at the right a hint or a count.
import QtQuick
import QtQuick.Templates as T
import Hubbub.Ui

T.MenuItem {
    id: root

    property string iconName
    property string hint
    property int count: 0
    property bool mention: false
    property bool risk: false

    readonly property color ink: !enabled ? Theme.textMuted : risk ? Theme.danger : Theme.text

    implicitWidth: implicitContentWidth + leftPadding + rightPadding
    implicitHeight: Metrics.menuRow
    leftPadding: Metrics.s8 + Metrics.s2
    rightPadding: leftPadding
    topPadding: 0
    bottomPadding: 0
    hoverEnabled: true
    // Up and Down would stop at what is hidden.
    activeFocusOnTab: visible
    Accessible.role: Accessible.MenuItem
    Accessible.name: text
    Accessible.checkable: checkable
    Accessible.checked: checked

    // qmllint disable deferred-property-id
    contentItem: Item {
        implicitWidth: words.x + words.implicitWidth + side.implicitWidth + Metrics.s24
        implicitHeight: words.implicitHeight

        Icon {
            id: glyph
            anchors.verticalCenter: parent.verticalCenter
            visible: name !== ""
            name: root.checkable ? (root.checked ? "check" : "") : root.iconName
            size: Metrics.iconSmall
            color: root.risk && root.enabled ? Theme.danger : Theme.textSecondary
        }
        HText {
            id: words
            anchors.left: parent.left
            anchors.leftMargin: root.iconName !== "" || root.checkable ? Metrics.px(26) : 0
            anchors.right: side.left
            anchors.rightMargin: Metrics.s8
            height: parent.height
            text: root.text
            font: Fonts.control
            color: root.ink
            Accessible.ignored: true
        }
        Row {
            id: side
            anchors.right: parent.right
            height: parent.height
            spacing: Metrics.s8

            HText {
                height: parent.height
                visible: text !== ""
                text: root.hint
                font: Fonts.small
                color: Theme.textSecondary
            }
            Badge {
                anchors.verticalCenter: parent.verticalCenter
                count: root.count
                mention: root.mention
            }
            Icon {
                anchors.verticalCenter: parent.verticalCenter
                visible: root.subMenu !== null
                name: "chevron-right"
                mirrored: root.mirrored
                size: Metrics.iconSmall
                color: Theme.textSecondary
            }
        }
    }
    background: Rectangle {
        radius: Metrics.radiusControl
        color: root.highlighted || root.down ? Theme.selected : "transparent"
    }
}
