// SPDX-License-Identifier: MIT
// What the room list says when it has nothing to show: no rooms at all, or none of that name.
import QtQuick
import Hubbub.Ui

EmptyState {
    id: root

    property string wanted
    /// Rooms are known here, but all were left.
    property bool allLeft: false

    readonly property bool searching: wanted !== ""

    signal createTriggered(string name)

    iconName: searching ? "search" : "hash"
    slot: searching ? 1 : 3
    title: searching ? qsTr("No room called “%1”").arg(wanted) : allLeft ? qsTr("You left every room") : qsTr("No rooms yet")
    text: searching ? qsTr("Only the rooms in this list were searched.")
        : allLeft ? qsTr("Type the name of one above to come back to it.") : qsTr("Rooms you join show up in this list.")
    actionText: searching ? qsTr("Join or create it") : allLeft ? qsTr("Join a room") : qsTr("Create a room")
    mainAction: false
    onActionTriggered: root.createTriggered(root.wanted)
}
