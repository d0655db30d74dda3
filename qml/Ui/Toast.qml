// SPDX-License-Identifier: MIT
// A short notice that goes by itself after 4 s unless it is sticky or under the pointer.
// Toast { text: qsTr("Message deleted"); actionText: qsTr("Undo"); onExpired: destroy() }
import QtQuick
import Hubbub.Ui

Rectangle {
    id: root

    property string text
    property string iconName
    property string actionText
    property bool sticky: false

    function focusAction(): void {
        action.forceActiveFocus(Qt.TabFocusReason);
    }

    signal actionTriggered()
    signal expired()

    implicitWidth: Math.max(Metrics.px(256), words.x + words.implicitWidth + action.width + Metrics.s24)
    implicitHeight: Metrics.px(40)
    radius: Metrics.radiusCard
    color: Theme.toast
    Accessible.role: Accessible.AlertMessage
    Accessible.name: text
    Component.onCompleted: Ui.announce(root)

    Timer {
        interval: Motion.toast
        running: root.visible && !root.sticky && !pointer.hovered && !action.activeFocus
        onTriggered: root.expired()
    }
    HoverHandler { id: pointer }

    Icon {
        anchors.left: parent.left
        anchors.leftMargin: Metrics.px(14)
        anchors.verticalCenter: parent.verticalCenter
        visible: root.iconName !== ""
        name: root.iconName
        size: Metrics.iconSmall
        color: Theme.toastInk
    }
    HText {
        id: words
        anchors.left: parent.left
        anchors.leftMargin: root.iconName === "" ? Metrics.px(14) : Metrics.px(40)
        width: parent.width - anchors.leftMargin - action.width - action.anchors.rightMargin - Metrics.s4
        height: parent.height
        text: root.text
        font: Fonts.label
        color: Theme.toastInk
        Accessible.ignored: true
    }
    BannerButton {
        id: action
        anchors.right: parent.right
        anchors.rightMargin: Metrics.px(6)
        anchors.verticalCenter: parent.verticalCenter
        width: visible ? implicitWidth : 0
        visible: root.actionText !== ""
        text: root.actionText
        ink: Theme.toastLink
        onClicked: root.actionTriggered()
    }
}
