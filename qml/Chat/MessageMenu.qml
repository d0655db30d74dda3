// SPDX-License-Identifier: MIT
// What can be done with one message. One menu serves the whole timeline: call openFor().
import QtQuick
import Hubbub.App
import Hubbub.Ui

HMenu {
    id: root

    property Room room: null
    property string messageId
    property string messageText
    property bool failed: false
    property bool pending: false

    function openFor(row: MessageDelegate): void {
        messageId = row.messageId;
        messageText = row.text;
        failed = row.status === "failed";
        pending = failed || row.status === "queued";
        popup();
    }

    objectName: "messageMenu"

    HMenuItem {
        objectName: "copyMessage"
        iconName: "copy"
        text: qsTr("Copy text")
        onTriggered: Clipboard.copy(root.messageText)
    }
    HMenuItem {
        objectName: "retryMessage"
        visible: root.failed
        height: visible ? implicitHeight : 0
        iconName: "refresh"
        text: qsTr("Send again")
        onTriggered: root.room.retry(root.messageId)
    }
    HMenuItem {
        objectName: "discardMessage"
        visible: root.pending
        height: visible ? implicitHeight : 0
        iconName: "trash"
        text: qsTr("Delete")
        risk: true
        onTriggered: root.room.discard(root.messageId)
    }
}
