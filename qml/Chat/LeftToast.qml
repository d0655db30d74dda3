// SPDX-License-Identifier: MIT
// Says that a room was left, and brings it back on demand. It has the keyboard until one goes on elsewhere.
import QtQuick
import Hubbub.App
import Hubbub.Ui

Loader {
    id: root

    property ChatSession chat: null
    property string roomId
    property string title

    active: roomId !== ""
    onLoaded: (item as Toast).focusAction()

    Connections {
        target: root.chat
        function onRoomLeft(roomId: string, title: string): void {
            root.roomId = "";
            root.title = title;
            root.roomId = roomId;
        }
    }

    // A Loader of Qt 6.4 cannot make a bound component, so this one reaches for the ids unbound.
    // qmllint disable unqualified
    sourceComponent: Toast {
        objectName: "leftToast"
        iconName: "logout"
        text: qsTr("You left %1.").arg(root.title)
        actionText: qsTr("Undo")
        onExpired: root.roomId = ""
        onActionTriggered: {
            root.chat.openRoom(root.roomId);
            root.roomId = "";
        }
    }
    // qmllint enable unqualified
}
