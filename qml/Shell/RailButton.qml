// SPDX-License-Identifier: MIT
// A square target on the rail with an icon, and the bar that says "here".
import QtQuick
import QtQuick.Templates as T
import Hubbub.Ui

T.Button {
    id: root

    property string iconName
    property bool selected: false
    property bool framed: false
    /// In a bar along the bottom "here" lies along the top edge of the tile.
    property bool along: false

    implicitHeight: Metrics.px(40)
    hoverEnabled: true
    focusPolicy: Qt.StrongFocus
    Accessible.role: Accessible.PageTab
    // The template sets its own role at the end.
    Component.onCompleted: Accessible.role = Accessible.PageTab
    Accessible.name: text
    Accessible.selected: selected
    Keys.onReturnPressed: root.clicked()
    Keys.onEnterPressed: root.clicked()

    contentItem: Item {
        Icon {
            anchors.centerIn: parent
            name: root.iconName
            size: Metrics.icon
            color: !root.enabled ? Theme.borderStrong : root.selected ? Theme.accent : Theme.textSecondary
        }
    }
    background: Item {
        Rectangle {
            anchors.centerIn: parent
            width: Metrics.px(40)
            height: width
            radius: Metrics.radiusRail
            color: root.selected ? Theme.selected : root.hovered && root.enabled ? Theme.hover : "transparent"
            border.width: root.framed ? Metrics.hairline : 0
            border.color: Theme.borderSubtle

            FocusRing {
                shown: root.visualFocus
                around: Metrics.radiusRail
            }
        }
        Rectangle {
            anchors.left: parent.left
            anchors.leftMargin: root.along ? Math.round((parent.width - width) / 2) : 0
            y: root.along ? 0 : Math.round((parent.height - height) / 2)
            visible: root.selected
            width: root.along ? Metrics.s24 : Metrics.selectionBar
            height: root.along ? Metrics.selectionBar : Metrics.s24
            radius: Metrics.s2
            color: Theme.accent
        }
    }
    HToolTip {
        visible: root.hovered
        text: root.text
    }
}
