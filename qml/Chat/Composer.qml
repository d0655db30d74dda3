// SPDX-License-Identifier: MIT
// Where one writes. Enter sends, Shift+Enter begins a line; it grows from 44 to 200. The draft stays with its room.
import QtQuick
import QtQuick.Controls.Basic
import Hubbub.App
import Hubbub.Ui

FocusScope {
    id: root

    property Room room: null
    property LinkStatus link: null

    readonly property bool blocked: link !== null && (link.kind === "refused" || link.kind === "untrusted")
    readonly property bool sendable: room !== null && !blocked && area.text.trim() !== ""

    function submit(): void {
        if (sendable && room.send(area.text))
            takeDraft();
    }
    function takeDraft(): void {
        const draft = room?.draft ?? "";
        if (area.text === draft)
            return;
        area.text = draft;
        area.cursorPosition = area.length;
    }
    function keepDraft(): void {
        if (!room || area.text === room.draft)
            return;
        room.draft = area.text;
        if (area.text !== "")
            room.composing();
    }

    implicitHeight: Math.max(Metrics.px(44), Math.min(Metrics.px(200), area.contentHeight + Metrics.s24))
    onRoomChanged: takeDraft()

    Connections {
        target: root.room
        function onDraftChanged(): void {
            root.takeDraft();
        }
    }

    Rectangle {
        anchors.fill: parent
        radius: Metrics.radiusCard
        color: root.blocked ? Theme.window : Theme.surface
        border.width: area.activeFocus ? Metrics.focusWidth : Metrics.hairline
        border.color: root.blocked ? Theme.borderSubtle : area.activeFocus ? Theme.accent : Theme.borderStrong
    }
    MouseArea {
        anchors.fill: parent
        cursorShape: Qt.IBeamCursor
        onClicked: area.forceActiveFocus()
    }
    Flickable {
        id: scroller
        anchors.fill: parent
        anchors.leftMargin: Metrics.s12
        anchors.rightMargin: Metrics.s48
        anchors.topMargin: Metrics.s12
        anchors.bottomMargin: Metrics.s12
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        ScrollBar.vertical: HScrollBar {}

        TextArea.flickable: HTextArea {
            id: area
            objectName: "composer"
            bare: true
            focus: true
            readOnly: root.blocked || root.room === null
            placeholderText: root.blocked ? root.link.cause
                : root.room ? qsTr("Message %1").arg(root.room.title) : ""
            onTextChanged: root.keepDraft()
            Keys.onReturnPressed: (event) => {
                event.accepted = !(event.modifiers & Qt.ShiftModifier);
                if (event.accepted)
                    root.submit();
            }
            Keys.onEnterPressed: (event) => {
                event.accepted = true;
                root.submit();
            }
        }
    }
    IconButton {
        objectName: "sendButton"
        anchors.right: parent.right
        anchors.rightMargin: Metrics.px(6)
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Metrics.px(6)
        filled: true
        enabled: root.sendable
        iconName: "send"
        directional: true
        text: qsTr("Send")
        onClicked: {
            root.submit();
            area.forceActiveFocus();
        }
    }
}
