// SPDX-License-Identifier: MIT
// Chat on one server: rooms, conversation, details. In a narrow window one of them at a time.
import QtQuick
import Hubbub.App
import Hubbub.Ui

FocusScope {
    id: root

    property ServerSession session: null
    property bool narrow: false

    readonly property ChatSession chat: session ? session.chat : null
    readonly property LinkStatus link: session ? session.link : null
    readonly property Room room: chat ? chat.currentRoom : null
    /// Room enough for the details beside the conversation instead of above it.
    readonly property bool wide: width >= Metrics.wide - Metrics.rail
    readonly property bool listShown: !narrow || wantsList || room === null
    readonly property bool docked: wide && wantsDetails && room !== null
    readonly property bool drawerShown: !wide && wantsDrawer && room !== null
    property bool wantsList: false
    property bool wantsDetails: true
    property bool wantsDrawer: false

    /// Going back from the list, which is the first pane of a narrow window.
    signal backRequested()

    function goBack(): void {
        if (drawerShown)
            wantsDrawer = false;
        else if (narrow && !listShown)
            wantsList = true;
        else
            backRequested();
    }
    function toggleDetails(): void {
        if (wide)
            wantsDetails = !wantsDetails;
        else
            wantsDrawer = !wantsDrawer;
    }
    function showRoom(): void {
        wantsList = false;
        wantsDrawer = false;
        conversation.focusComposer();
    }
    function jump(): void {
        wantsList = true;
        list.focusSearch();
    }

    objectName: "chatPage"
    onSessionChanged: wantsDrawer = false

    Shortcut {
        enabled: root.visible
        sequence: "Ctrl+K"
        onActivated: root.jump()
    }
    Shortcut {
        enabled: root.visible && root.narrow
        sequence: "Alt+Left"
        onActivated: root.goBack()
    }

    RoomList {
        id: list
        anchors.left: root.left
        width: root.narrow ? root.width : root.width < Metrics.medium - Metrics.rail ? Metrics.px(240) : Metrics.roomList
        height: root.height
        visible: root.listShown
        session: root.session
        narrow: root.narrow
        onOpened: root.showRoom()
    }
    Conversation {
        id: conversation
        anchors.left: root.narrow ? root.left : list.right
        anchors.right: root.docked ? people.left : root.right
        height: root.height
        visible: !root.narrow || !root.listShown
        focus: true
        chat: root.chat
        link: root.link
        session: root.session
        narrow: root.narrow
        detailsShown: root.docked || root.drawerShown
        onBackTriggered: root.goBack()
        onDetailsToggled: root.toggleDetails()
    }
    Rectangle {
        anchors.fill: root
        visible: root.drawerShown
        color: Theme.scrim
        Accessible.ignored: true

        MouseArea {
            anchors.fill: parent
            hoverEnabled: true
            acceptedButtons: Qt.AllButtons
            onClicked: root.wantsDrawer = false
            onWheel: (wheel) => wheel.accepted = true
        }
    }
    PeoplePanel {
        id: people
        objectName: "peoplePanel"
        anchors.right: root.right
        width: root.narrow ? root.width : Metrics.sidePanel
        height: root.height
        visible: root.docked || root.drawerShown
        session: root.session
        room: root.room
        onCloseTriggered: root.toggleDetails()
        onLeaveTriggered: root.chat.leaveRoom(root.room.roomId)
    }
    LeftToast {
        anchors.horizontalCenter: root.horizontalCenter
        anchors.bottom: root.bottom
        anchors.bottomMargin: Metrics.px(84)
        chat: root.chat
    }
}
