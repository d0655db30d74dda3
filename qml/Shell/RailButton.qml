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

    implicitHeight: Metrics.px(40)
    hoverEnabled: true
    focusPolicy: Qt.StrongFocus
    Accessible.role: Accessible.PageTab
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
            anchors.verticalCenter: parent.verticalCenter
            visible: root.selected
            width: Metrics.selectionBar
            height: Metrics.s24
            radius: Metrics.s2
            color: Theme.accent
        }
    }
    HToolTip {
        visible: root.hovered
        text: root.text
    }
}
