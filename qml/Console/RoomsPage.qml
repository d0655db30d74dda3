// SPDX-License-Identifier: MIT
// The rooms of all namespaces. Rooms that hold one connection alone are counted, not listed.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Controls.Basic
import Hubbub.App
import Hubbub.Console
import Hubbub.Ui

FocusScope {
    id: root

    required property ConsoleSession admin

    readonly property ConsoleRoomsModel table: admin.rooms
    readonly property bool roomy: width >= Metrics.px(560)
    readonly property int edge: roomy ? Metrics.s16 : Metrics.s12
    readonly property int membersRight: width - edge - Metrics.px(roomy ? 110 : 64)
    readonly property int nspX: Math.round(width * (roomy ? 0.45 : 0.4))
    property int largest: 1

    function sortBy(role: string, descendingFirst: bool): void {
        table.sortDescending = table.sortRole === role ? !table.sortDescending : descendingFirst;
        table.sortRole = role;
    }

    objectName: "consoleRoomsPage"

    Rectangle {
        anchors.fill: parent
        color: Theme.surface
    }
    SearchField {
        id: filter
        objectName: "roomsFilter"
        anchors.left: parent.left
        anchors.leftMargin: root.edge
        y: Metrics.s8
        width: root.roomy ? Metrics.px(340) : parent.width - 2 * root.edge
        placeholderText: qsTr("Room, or part of a name")
        text: root.table.filter
        onTextChanged: root.table.filter = text
    }
    Rectangle {
        id: head
        anchors.top: filter.bottom
        anchors.topMargin: Metrics.s8
        width: parent.width
        height: Metrics.row
        color: Theme.window

        Hairline {
            width: parent.width
        }
        Hairline {
            anchors.bottom: parent.bottom
            width: parent.width
            color: Theme.borderSubtle
        }
        HeaderCell {
            anchors.left: parent.left
            anchors.leftMargin: root.edge
            text: qsTr("Room")
            sorted: root.table.sortRole === "name"
            descending: root.table.sortDescending
            onClicked: root.sortBy("name", false)
        }
        HeaderCell {
            anchors.left: parent.left
            anchors.leftMargin: root.nspX
            text: qsTr("Namespace")
            sorted: root.table.sortRole === "nsp"
            descending: root.table.sortDescending
            onClicked: root.sortBy("nsp", false)
        }
        HeaderCell {
            objectName: "sortMembers"
            anchors.right: parent.right
            anchors.rightMargin: parent.width - root.membersRight
            numeric: true
            text: qsTr("Members")
            sorted: root.table.sortRole === "members"
            descending: root.table.sortDescending
            onClicked: root.sortBy("members", true)
        }
        HeaderCell {
            anchors.right: parent.right
            anchors.rightMargin: root.edge
            numeric: true
            text: qsTr("Out /s")
            sorted: root.table.sortRole === "eventsOut"
            descending: root.table.sortDescending
            onClicked: root.sortBy("eventsOut", true)
        }
    }
    ListView {
        id: list
        objectName: "roomsTable"
        anchors.top: head.bottom
        anchors.bottom: parent.bottom
        width: parent.width
        clip: true
        focus: true
        activeFocusOnTab: true
        boundsBehavior: Flickable.StopAtBounds
        highlightMoveDuration: 0
        model: root.table
        Accessible.role: Accessible.Table
        Accessible.name: qsTr("Rooms")
        ScrollBar.vertical: HScrollBar {}
        delegate: RoomRow {
            width: ListView.view.width
            edge: root.edge
            nspX: root.nspX
            membersRight: root.membersRight
            largest: root.largest
            onMembersChanged: root.largest = Math.max(root.largest, members)
            Component.onCompleted: root.largest = Math.max(root.largest, members)
            current: ListView.isCurrentItem && ListView.view.activeFocus
        }
    }
    EmptyState {
        anchors.centerIn: list
        visible: list.count === 0
        width: Math.min(Metrics.px(320), parent.width)
        iconName: root.table.filter === "" ? "hash" : "search"
        slot: 3
        title: root.table.filter === "" ? qsTr("No rooms yet") : qsTr("No hits for “%1”").arg(root.table.filter)
        text: root.table.filter === "" ? qsTr("A room appears when the first socket joins it.") : qsTr("Only names of rooms were searched.")
    }
}
