// SPDX-License-Identifier: MIT
// A server on the rail: initials, or the sign of a room hosted here; what is unread, and whether it is the one shown.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Hubbub.App as App
import Hubbub.Ui

T.Button {
    id: root

    required property App.ServerSession session
    required property string title
    required property string initials
    required property int slot
    required property int unread
    required property int mentions
    required property bool hosted
    required property bool current

    signal chosen()
    signal menuWanted()

    implicitHeight: Metrics.px(40)
    hoverEnabled: true
    focusPolicy: Qt.StrongFocus
    Accessible.role: Accessible.PageTab
    // The template sets its own role at the end.
    Component.onCompleted: Accessible.role = Accessible.PageTab
    Accessible.name: unread > 0 ? qsTr("%1, %n unread", "", unread).arg(title) : title
    Accessible.selected: current
    Keys.onReturnPressed: root.clicked()
    Keys.onEnterPressed: root.clicked()
    Keys.onMenuPressed: root.menuWanted()
    Keys.onPressed: (event) => {
        event.accepted = event.key === Qt.Key_F10 && (event.modifiers & Qt.ShiftModifier);
        if (event.accepted)
            root.menuWanted();
    }
    onClicked: root.chosen()

    TapHandler {
        acceptedButtons: Qt.RightButton
        onTapped: root.menuWanted()
    }

    contentItem: Item {
        Rectangle {
            anchors.centerIn: parent
            width: Metrics.px(40)
            height: width
            radius: Metrics.radiusRail
            color: Theme.nameTint(root.slot)

            Icon {
                anchors.centerIn: parent
                visible: root.hosted
                name: "broadcast"
                size: Metrics.icon
                color: Theme.nameColor(root.slot)
            }
            HText {
                anchors.centerIn: parent
                visible: !root.hosted
                text: root.initials
                font: Fonts.bodyStrong
                color: Theme.nameColor(root.slot)
                Accessible.ignored: true
            }
            FocusRing {
                shown: root.visualFocus
                around: Metrics.radiusRail
            }
        }
        Badge {
            anchors.left: parent.horizontalCenter
            anchors.leftMargin: Metrics.s8
            y: -Metrics.s4
            mention: true
            count: root.mentions
        }
    }
    background: Item {
        Rectangle {
            anchors.left: parent.left
            anchors.verticalCenter: parent.verticalCenter
            visible: root.current || root.unread > 0
            width: Metrics.selectionBar
            height: root.current ? Metrics.s24 : Metrics.s8
            radius: Metrics.s2
            color: root.current ? Theme.accent : Theme.textSecondary
        }
    }
    HToolTip {
        visible: root.hovered
        text: root.title
    }
}
