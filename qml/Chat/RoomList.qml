// SPDX-License-Identifier: MIT
// The rooms of one server, newest activity first, with a field to find one and a way to add one.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Controls.Basic
import Hubbub.App
import Hubbub.Chat
import Hubbub.Ui

FocusScope {
    id: root

    property ServerSession session: null
    property bool narrow: false

    readonly property ChatSession chat: session ? session.chat : null
    /// Rooms are being looked for; one of those found is marked, and Enter opens it.
    readonly property bool finding: hits.text !== "" && (search.activeFocus || list.activeFocus)

    signal opened()

    function openRoom(roomId: string): void {
        chat.openRoom(roomId);
        search.clear();
        opened();
    }
    function addRoom(name: string): void {
        adding.shown = false;
        search.clear();
        if (name === "")
            adding.shown = true;
        else if (chat.createRoom(name))
            opened();
    }
    function openHit(): void {
        if (!finding)
            list.currentIndex = 0;
        const row = list.currentItem as RoomDelegate;
        if (row)
            openRoom(row.room.roomId);
    }
    function focusSearch(): void {
        search.forceActiveFocus();
        search.selectAll();
    }

    Rectangle {
        anchors.fill: parent
        color: Theme.sunken
    }
    Hairline {
        anchors.right: parent.right
        height: parent.height
        vertical: true
        visible: !root.narrow
    }
    HText {
        objectName: "serverTitle"
        anchors.left: parent.left
        anchors.leftMargin: Metrics.s16
        width: parent.width - anchors.leftMargin - Metrics.s12 - (chip.visible ? chip.width + Metrics.s8 : 0)
        height: Metrics.header
        text: root.session?.title ?? ""
        font: Fonts.subtitle
        Accessible.role: Accessible.Heading
    }
    LinkChip {
        id: chip
        objectName: "listChip"
        anchors.right: parent.right
        anchors.rightMargin: Metrics.s12
        y: Math.round((Metrics.header - height) / 2)
        visible: root.narrow && root.session !== null
        link: root.session ? root.session.link : null
    }
    ConversationNotices {
        id: notices
        y: Metrics.header
        width: parent.width
        height: visible ? implicitHeight : 0
        visible: root.narrow
        chat: root.chat
        link: root.session ? root.session.link : null
        session: root.session
    }
    SearchField {
        id: search
        objectName: "roomSearch"
        x: Metrics.s12
        y: Metrics.header + notices.height
        width: parent.width - 2 * Metrics.s12
        placeholderText: qsTr("Find or jump to a room")
        shortcutText: qsTr("Ctrl K")
        helpText: root.finding && list.currentItem ? qsTr("Enter opens %1").arg((list.currentItem as RoomDelegate).title) : ""
        onTextEdited: list.currentIndex = 0
        Keys.onReturnPressed: root.openHit()
        Keys.onEnterPressed: root.openHit()
        Keys.onDownPressed: list.forceActiveFocus()
    }
    SectionLabel {
        id: section
        anchors.left: parent.left
        anchors.leftMargin: Metrics.s16
        anchors.top: search.bottom
        anchors.topMargin: Metrics.s12
        width: parent.width - anchors.leftMargin - Metrics.s12
        text: qsTr("Rooms")

        IconButton {
            objectName: "addRoomButton"
            size: Metrics.controlSmall
            iconSize: Metrics.iconSmall
            iconName: "plus"
            text: qsTr("Join or create a room")
            onClicked: adding.shown = !adding.shown
        }
    }
    NewRoomField {
        id: adding
        x: Metrics.s12
        anchors.top: section.bottom
        width: search.width
        onNamed: (name) => root.addRoom(name)
        onCancelled: shown = false
    }
    ListView {
        id: list
        objectName: "roomList"
        anchors.top: adding.bottom
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Metrics.s8
        x: Metrics.s8
        width: parent.width - 2 * Metrics.s8
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        activeFocusOnTab: true
        highlightMoveDuration: 0
        model: RoomFilter {
            id: hits
            sourceModel: root.chat ? root.chat.rooms : null
            text: search.text
        }
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Rooms")
        ScrollBar.vertical: HScrollBar {}
        Keys.onReturnPressed: (currentItem as RoomDelegate)?.clicked()

        delegate: RoomDelegate {
            id: row
            width: ListView.view.width
            height: Metrics.roomRow
            focusPolicy: Qt.ClickFocus
            marked: root.finding ? ListView.isCurrentItem : current
            onClicked: root.openRoom(room.roomId)
            onContextRequested: menu.openFor(row)

            FocusRing {
                anchors.margins: 0
                shown: parent.ListView.isCurrentItem && parent.ListView.view.activeFocus
            }
        }
    }
    RoomMenu {
        id: menu
        onOpenTriggered: root.openRoom(room.roomId)
        onLeaveTriggered: root.chat.leaveRoom(room.roomId)
    }
    RoomListEmpty {
        anchors.horizontalCenter: list.horizontalCenter
        y: list.y + Metrics.s32
        width: list.width - Metrics.s16
        visible: root.chat !== null && list.count === 0 && !adding.shown
        wanted: search.text.trim()
        allLeft: (root.chat?.rooms.count ?? 0) > 0
        onCreateTriggered: (name) => root.addRoom(name)
    }
}
