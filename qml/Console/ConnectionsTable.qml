// SPDX-License-Identifier: MIT
// All connections as rows of 32 under a head that stays.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Controls.Basic
import Hubbub.App
import Hubbub.Console
import Hubbub.Ui

FocusScope {
    id: root

    required property ConsoleSession admin

    readonly property ConnectionsModel table: admin.connections

    function sortBy(role: string, descendingFirst: bool): void {
        table.sortDescending = table.sortRole === role ? !table.sortDescending : descendingFirst;
        table.sortRole = role;
    }

    ConnectionColumns {
        id: at
        width: root.width
    }
    Rectangle {
        id: head
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
            objectName: "sortUser"
            anchors.left: parent.left
            anchors.leftMargin: at.userX
            text: qsTr("User")
            sorted: root.table.sortRole === "user"
            descending: root.table.sortDescending
            onClicked: root.sortBy("user", false)
        }
        HeaderCell {
            anchors.left: parent.left
            anchors.leftMargin: at.socketX
            visible: at.full
            sortable: false
            text: qsTr("Socket id")
        }
        HeaderCell {
            anchors.left: parent.left
            anchors.leftMargin: at.transportX
            text: qsTr("Transport")
            sorted: root.table.sortRole === "transport"
            descending: root.table.sortDescending
            onClicked: root.sortBy("transport", false)
        }
        HeaderCell {
            anchors.left: parent.left
            anchors.leftMargin: at.addressX
            visible: at.full
            text: qsTr("Address")
            sorted: root.table.sortRole === "address"
            descending: root.table.sortDescending
            onClicked: root.sortBy("address", false)
        }
        HeaderCell {
            anchors.right: parent.right
            anchors.rightMargin: parent.width - at.roomsRight
            visible: at.some
            numeric: true
            text: qsTr("Rooms")
            sorted: root.table.sortRole === "roomCount"
            descending: root.table.sortDescending
            onClicked: root.sortBy("roomCount", true)
        }
        HeaderCell {
            anchors.right: parent.right
            anchors.rightMargin: parent.width - at.inRight
            visible: at.some
            numeric: true
            text: qsTr("In /s")
            sorted: root.table.sortRole === "eventsIn"
            descending: root.table.sortDescending
            onClicked: root.sortBy("eventsIn", true)
        }
        HeaderCell {
            objectName: "sortOut"
            anchors.right: parent.right
            anchors.rightMargin: parent.width - at.outRight
            numeric: true
            text: qsTr("Out /s")
            sorted: root.table.sortRole === "eventsOut"
            descending: root.table.sortDescending
            onClicked: root.sortBy("eventsOut", true)
        }
        HeaderCell {
            anchors.right: parent.right
            anchors.rightMargin: parent.width - at.openRight
            numeric: true
            text: qsTr("Open for")
            sorted: root.table.sortRole === "openedAt"
            descending: !root.table.sortDescending
            onClicked: root.sortBy("openedAt", false)
        }
    }
    ListView {
        id: list
        objectName: "connectionsTable"
        anchors.top: head.bottom
        anchors.bottom: parent.bottom
        width: parent.width
        clip: true
        focus: true
        activeFocusOnTab: true
        boundsBehavior: Flickable.StopAtBounds
        highlightMoveDuration: 0
        currentIndex: -1
        model: root.table
        Accessible.role: Accessible.Table
        Accessible.name: qsTr("Connections")
        ScrollBar.vertical: HScrollBar {}
        Keys.onReturnPressed: (currentItem as ConnectionRow)?.clicked()
        Keys.onEscapePressed: root.admin.selectedKey = ""

        delegate: ConnectionRow {
            width: ListView.view.width
            height: Metrics.row
            focusPolicy: Qt.ClickFocus
            selected: key === root.admin.selectedKey
            onClicked: root.admin.selectedKey = selected ? "" : key

            FocusRing {
                anchors.margins: 0
                shown: parent.ListView.isCurrentItem && parent.ListView.view.activeFocus
            }
        }
    }
    EmptyState {
        anchors.centerIn: list
        visible: list.count === 0
        width: Math.min(Metrics.px(320), parent.width)
        iconName: root.table.filter === "" ? "people" : "search"
        slot: 4
        title: root.table.filter === "" ? qsTr("Nobody is connected") : qsTr("No hits for “%1”").arg(root.table.filter)
        text: root.table.filter === "" ? qsTr("Connections show here the moment they open.")
            : qsTr("Names, ids, addresses and namespaces were searched.")
    }
}
