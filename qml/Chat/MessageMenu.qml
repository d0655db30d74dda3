// SPDX-License-Identifier: MIT
// What can be done with one message. One menu serves the whole timeline: call openFor().
pragma ComponentBehavior: Bound
import QtQuick
import Hubbub.App
import Hubbub.Ui

HMenu {
    id: root

    property Room room: null
    property string messageId
    property string messageText
    /// The addresses it offers, WebLinkFinder::MostLinks at most.
    property var links: []
    property bool failed: false
    property bool pending: false

    function openFor(row: MessageDelegate, link: string): void {
        messageId = row.messageId;
        messageText = row.text;
        links = link !== "" ? [link] : row.links;
        failed = row.status === "failed";
        pending = failed || row.status === "queued";
        if (row.hovered)
            popup();
        else
            popup(row, row.textX, row.height); // asked for by key
    }

    objectName: "messageMenu"
    implicitWidth: links.length > 1 ? Metrics.px(340) : Metrics.px(212)

    Instantiator {
        model: root.links
        delegate: LinkMenuItem { addresses: root.links }
        onObjectAdded: (index, item) => root.insertItem(index, item)
        onObjectRemoved: (index, item) => root.removeItem(item)
    }
    HMenuItem {
        objectName: "copyLink"
        visible: root.links.length > 0
        height: visible ? implicitHeight : 0
        iconName: "link"
        text: root.links.length > 1 ? qsTr("Copy links") : qsTr("Copy link")
        onTriggered: Clipboard.copy(root.links.join("\n"))
    }
    HMenuSeparator {
        visible: root.links.length > 0
        height: visible ? implicitHeight : 0
    }

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
