// SPDX-License-Identifier: MIT
// The screens of the console with their live counts, the namespaces, and that nothing can be changed from here.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Controls.Basic
import Hubbub.App
import Hubbub.Console
import Hubbub.Ui

FocusScope {
    id: root

    property ServerSession session: null
    property int page: 0

    readonly property ConsoleSession admin: session ? session.console : null
    readonly property bool live: admin !== null && admin.available

    signal chosen(int page)

    Rectangle {
        anchors.fill: parent
        color: Theme.sunken
    }
    Hairline {
        anchors.right: parent.right
        height: parent.height
        vertical: true
    }
    Rectangle {
        anchors.left: parent.left
        anchors.leftMargin: Metrics.s16
        y: Math.round((Metrics.header - height) / 2)
        width: Metrics.px(10)
        height: width
        radius: Metrics.px(3)
        visible: root.session !== null
        color: Theme.nameColor(root.session?.slot ?? -1)
    }
    HText {
        anchors.left: parent.left
        anchors.leftMargin: Metrics.px(36)
        width: parent.width - anchors.leftMargin - Metrics.s12
        height: Metrics.header
        text: root.session?.title ?? ""
        font: Fonts.bodyStrong
        Accessible.role: Accessible.Heading
    }
    Column {
        id: pages
        x: Metrics.s8
        y: Metrics.px(65)
        width: parent.width - 2 * Metrics.s8
        spacing: Metrics.s4
        Accessible.role: Accessible.PageTabList
        Accessible.name: qsTr("Console")

        NavRow {
            objectName: "navOverview"
            width: parent.width
            iconName: "gauge"
            label: qsTr("Overview")
            selected: root.page === 0
            onClicked: root.chosen(0)
        }
        NavRow {
            objectName: "navConnections"
            width: parent.width
            iconName: "people"
            label: qsTr("Connections")
            count: root.live ? Ui.grouped(root.admin.connectionTotal) : ""
            selected: root.page === 1
            onClicked: root.chosen(1)
        }
        NavRow {
            objectName: "navRooms"
            width: parent.width
            iconName: "tree"
            label: qsTr("Rooms")
            count: root.live ? Ui.grouped(root.admin.overview.rooms) : ""
            selected: root.page === 2
            onClicked: root.chosen(2)
        }
    }
    SectionLabel {
        id: section
        anchors.left: parent.left
        anchors.leftMargin: Metrics.s16
        anchors.top: pages.bottom
        anchors.topMargin: Metrics.s4
        visible: root.live
        text: qsTr("Namespaces")
    }
    ListView {
        objectName: "namespaceList"
        anchors.top: section.bottom
        anchors.bottom: note.top
        anchors.bottomMargin: Metrics.s8
        x: Metrics.s8
        width: parent.width - 2 * Metrics.s8
        visible: root.live
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        model: root.admin ? root.admin.namespaces : null
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Namespaces")
        ScrollBar.vertical: HScrollBar {}
        delegate: NamespaceRow {
            width: ListView.view.width
        }
    }
    ReadOnlyNote {
        id: note
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Metrics.s12
        x: Metrics.s12
        width: parent.width - 2 * Metrics.s12
    }
}
