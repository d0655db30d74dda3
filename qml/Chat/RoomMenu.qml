// SPDX-License-Identifier: MIT
// What can be done with one room of the list. One menu serves the whole list: call openFor().
import QtQuick
import Hubbub.App
import Hubbub.Ui

HMenu {
    id: root

    property Room room: null

    signal openTriggered()
    signal leaveTriggered()

    function openFor(row: RoomDelegate): void {
        room = row.room;
        if (row.hovered)
            popup();
        else
            popup(row, Metrics.s16, row.height); // asked for by key
    }

    objectName: "roomMenu"

    HMenuItem {
        objectName: "openRoomItem"
        iconName: "chat"
        text: qsTr("Open")
        onTriggered: root.openTriggered()
    }
    HMenuItem {
        objectName: "leaveRoomItem"
        enabled: root.room !== null && !root.room.left
        iconName: "logout"
        text: qsTr("Leave room")
        risk: true
        onTriggered: root.leaveTriggered()
    }
}
