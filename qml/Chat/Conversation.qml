// SPDX-License-Identifier: MIT
// One room: header, what was said, who is typing, and where to write.
import QtQuick
import Hubbub.App
import Hubbub.Ui

FocusScope {
    id: root

    property ChatSession chat: null
    property LinkStatus link: null
    property ServerSession session: null
    property bool narrow: false
    property bool detailsShown: false

    readonly property Room room: chat ? chat.currentRoom : null
    readonly property int edge: narrow ? Metrics.s12 : Metrics.s16

    signal backTriggered()
    signal detailsToggled()

    function focusComposer(): void {
        composer.forceActiveFocus();
    }

    Rectangle {
        anchors.fill: parent
        color: Theme.surface
    }
    ConversationHeader {
        id: header
        width: parent.width
        room: root.room
        link: root.link
        narrow: root.narrow
        detailsShown: root.detailsShown
        onBackTriggered: root.backTriggered()
        onDetailsToggled: root.detailsToggled()
    }
    ConversationNotices {
        id: notices
        anchors.top: header.bottom
        width: parent.width
        chat: root.chat
        link: root.link
        session: root.session
    }
    Timeline {
        anchors.top: notices.bottom
        anchors.bottom: typing.top
        width: parent.width
        visible: root.room !== null
        room: root.room
        edge: root.edge
        writable: !composer.blocked
        onComposeRequested: root.focusComposer()
    }
    TypingLine {
        id: typing
        anchors.bottom: composer.top
        anchors.bottomMargin: Metrics.s4
        x: root.edge
        width: parent.width - 2 * root.edge
        visible: root.room !== null
        room: root.room
    }
    Composer {
        id: composer
        anchors.bottom: parent.bottom
        anchors.bottomMargin: root.edge
        x: root.edge
        width: parent.width - 2 * root.edge
        visible: root.room !== null
        focus: true
        room: root.room
        link: root.link
    }
    EmptyState {
        anchors.centerIn: parent
        visible: root.room === null
        width: Math.min(Metrics.px(320), parent.width)
        iconName: "hash"
        slot: 3
        title: qsTr("No room open")
        text: qsTr("Choose one from the list, or add one with the plus above it.")
    }
}
