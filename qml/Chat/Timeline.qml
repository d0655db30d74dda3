// SPDX-License-Identifier: MIT
// What was said in a room, newest at the bottom. Stays with the newest message unless the reader scrolled away.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Controls.Basic
import Hubbub.App
import Hubbub.Ui

FocusScope {
    id: root

    property Room room: null
    property int edge: Metrics.s16
    property bool writable: true

    /// Follows what is new, until the reader scrolls away.
    property bool following: true
    property real knownHeight: 0
    property real knownContent: 0

    readonly property bool seen: visible && following && Window.active
    readonly property bool unread: seen && room !== null && room.unread > 0
    readonly property bool nearOldest: view.contentY - view.originY < view.height / 2

    signal composeRequested()

    function showNewest(): void {
        following = true;
        view.positionViewAtBeginning();
    }
    /// After the view or its content changed size. A view from bottom to top keeps its lower edge by itself.
    function settle(): void {
        knownHeight = view.height;
        knownContent = view.contentHeight;
        if (following)
            view.positionViewAtBeginning();
        if (room && room.canLoadOlder && !room.loadingOlder && nearOldest)
            room.loadOlder();
    }
    /// Not while `unread` is being worked out, which it would change.
    function markRead(): void {
        if (unread)
            room.markRead();
    }
    function scrolled(): void {
        if (view.height === knownHeight && view.contentHeight === knownContent)
            following = view.atYEnd;
    }

    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Conversation")
    onRoomChanged: {
        following = true;
        settling.restart();
    }
    onNearOldestChanged: settling.restart()
    onUnreadChanged: marking.restart()

    Timer {
        id: marking
        interval: 0
        onTriggered: root.markRead()
    }
    Timer {
        id: settling
        interval: 0
        onTriggered: root.settle()
    }

    Binding {
        target: root.room
        when: root.room !== null
        property: "reading"
        value: root.visible && root.following
        restoreMode: Binding.RestoreNone
    }

    ListView {
        id: view
        objectName: "timeline"
        anchors.fill: parent
        anchors.bottomMargin: Metrics.px(6)
        clip: true
        focus: true
        activeFocusOnTab: count > 0
        verticalLayoutDirection: ListView.BottomToTop
        boundsBehavior: Flickable.StopAtBounds
        cacheBuffer: Math.max(0, height)
        model: root.room ? root.room.timeline : null
        currentIndex: -1
        highlightMoveDuration: 0
        keyNavigationEnabled: true
        Accessible.role: Accessible.List
        Accessible.name: root.room ? qsTr("Messages in %1").arg(root.room.title) : ""
        ScrollBar.vertical: HScrollBar {}
        onCountChanged: settling.restart()
        onContentYChanged: root.scrolled()
        onHeightChanged: settling.restart()
        onContentHeightChanged: settling.restart()
        onActiveFocusChanged: currentIndex = activeFocus && count > 0 ? Math.max(0, currentIndex) : -1
        Keys.onPressed: (event) => {
            if (event.key === Qt.Key_End)
                root.showNewest();
            else if (event.key === Qt.Key_PageUp || event.key === Qt.Key_PageDown)
                view.contentY = Math.max(view.originY, Math.min(view.originY + view.contentHeight - view.height,
                    view.contentY + view.height * (event.key === Qt.Key_PageUp ? -0.9 : 0.9)));
            else if (event.matches(StandardKey.Copy) && view.currentItem)
                Clipboard.copy((view.currentItem as MessageDelegate).text);
            else
                return;
            event.accepted = true;
        }

        delegate: MessageDelegate {
            width: ListView.view.width
            edge: root.edge
            current: ListView.isCurrentItem && ListView.view.activeFocus
            onRetryTriggered: root.room.retry(messageId)
            onMenuRequested: (link) => menu.openFor(this, link)
        }
    }

    BusyBar {
        width: parent.width
        running: root.room?.loadingOlder ?? false
    }
    EmptyState {
        anchors.centerIn: parent
        visible: root.room !== null && root.room.joined && view.count === 0
        width: Math.min(Metrics.px(320), parent.width)
        iconName: "chat"
        slot: 6
        title: qsTr("Nothing said so far")
        text: qsTr("Be the first. Ctrl K jumps to any room.")
        actionText: root.writable ? qsTr("Write something") : ""
        mainAction: false
        onActionTriggered: root.composeRequested()
    }
    Skeleton {
        x: root.edge
        y: Metrics.s24
        width: parent.width - 2 * root.edge
        visible: running
        running: root.room !== null && !root.room.joined && view.count === 0
    }
    IconButton {
        objectName: "jumpToNewest"
        anchors.right: parent.right
        anchors.rightMargin: root.edge
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Metrics.s12
        visible: !root.following && view.count > 0
        size: Metrics.avatar
        iconName: "arrow-down"
        text: qsTr("Jump to the newest message")
        onClicked: root.showNewest()

        Rectangle {
            z: -1
            anchors.fill: parent
            radius: Metrics.radiusControl
            color: Theme.surface
            border.width: Metrics.hairline
            border.color: Theme.borderStrong
        }
        Badge {
            anchors.horizontalCenter: parent.right
            anchors.verticalCenter: parent.top
            count: root.room?.unread ?? 0
            mention: (root.room?.mentions ?? 0) > 0
        }
    }
    MessageMenu {
        id: menu
        room: root.room
    }
}
