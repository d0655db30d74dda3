// SPDX-License-Identifier: MIT
// A field to search or filter; Esc empties it. SearchField { shortcutText: "Ctrl K"; onTextEdited: model.filter = text }
import QtQuick
import Hubbub.Ui

HTextField {
    id: root

    property string shortcutText

    signal cleared()

    function clearSearch(): void {
        root.clear();
        root.cleared();
    }

    iconName: "search"
    rightPadding: aside.width + Metrics.s8
    Accessible.searchEdit: true
    Keys.onEscapePressed: (event) => {
        event.accepted = root.length > 0;
        if (event.accepted)
            root.clearSearch();
    }

    Item {
        id: aside
        anchors.right: parent.right
        anchors.rightMargin: Metrics.px(6)
        anchors.verticalCenter: parent.verticalCenter
        width: root.length > 0 ? clearing.width : cap.visible ? cap.width : 0
        height: Metrics.controlSmall

        Kbd {
            id: cap
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            visible: root.shortcutText !== "" && root.length === 0
            text: root.shortcutText
        }
        IconButton {
            id: clearing
            anchors.right: parent.right
            visible: root.length > 0
            size: Metrics.controlSmall
            iconSize: Metrics.iconSmall
            iconName: "close"
            text: qsTr("Clear search")
            onClicked: root.clearSearch()
        }
    }
}
