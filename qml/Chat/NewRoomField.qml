// SPDX-License-Identifier: MIT
// Names a room to create or join; Enter adds it, Esc gives up.
import QtQuick
import Hubbub.Ui

Item {
    id: root

    property bool shown: false

    signal named(string name)
    signal cancelled()

    function submit(): void {
        const name = field.text.trim();
        if (name === "")
            return;
        field.clear();
        named(name);
    }

    visible: shown
    implicitHeight: shown ? Metrics.control + Metrics.s8 : 0
    onShownChanged: {
        field.clear();
        if (shown)
            field.forceActiveFocus();
    }

    HTextField {
        id: field
        objectName: "newRoomField"
        anchors.left: parent.left
        anchors.right: add.left
        anchors.rightMargin: Metrics.s8
        iconName: "hash"
        placeholderText: qsTr("Room to join or create")
        maximumLength: 64
        Keys.onReturnPressed: root.submit()
        Keys.onEnterPressed: root.submit()
        Keys.onEscapePressed: root.cancelled()
    }
    HButton {
        id: add
        objectName: "newRoomButton"
        anchors.right: parent.right
        text: qsTr("Add")
        enabled: field.text.trim() !== ""
        onClicked: root.submit()
    }
}
