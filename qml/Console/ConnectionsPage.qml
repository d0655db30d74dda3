// SPDX-License-Identifier: MIT
// Who is connected, and all about the one that is selected.
import QtQuick
import Hubbub.App
import Hubbub.Console
import Hubbub.Ui

FocusScope {
    id: root

    required property ConsoleSession admin

    readonly property int edge: width < Metrics.px(560) ? Metrics.s12 : Metrics.s16
    readonly property bool chosen: admin.selectedKey !== ""
    /// Room enough for the details beside the table instead of above it.
    readonly property bool wide: width >= Metrics.px(760)

    objectName: "connectionsPage"

    Rectangle {
        anchors.fill: parent
        color: Theme.surface
    }
    Item {
        id: left
        anchors.left: parent.left
        width: root.wide && root.chosen ? root.width - pane.width : root.width
        height: root.height

        SearchField {
            id: filter
            objectName: "connectionsFilter"
            anchors.left: parent.left
            anchors.leftMargin: root.edge
            y: Metrics.s8
            width: Math.min(Metrics.px(512), parent.width - 2 * root.edge)
            iconName: "filter"
            placeholderText: qsTr("Filter by name, id, address or namespace")
            text: root.admin.connections.filter
            onTextChanged: root.admin.connections.filter = text
        }
        ConnectionsTable {
            anchors.top: filter.bottom
            anchors.topMargin: Metrics.s8
            anchors.bottom: footer.top
            width: parent.width
            admin: root.admin
            focus: true
        }
        ConnectionsFooter {
            id: footer
            anchors.bottom: parent.bottom
            width: parent.width
            admin: root.admin
        }
    }
    DetailsPane {
        id: pane
        anchors.right: root.right
        width: root.wide ? Metrics.px(320) : root.width
        height: root.height
        visible: root.chosen
        details: root.admin.details
        onCloseTriggered: root.admin.selectedKey = ""
    }
}
