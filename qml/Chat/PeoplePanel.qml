// SPDX-License-Identifier: MIT
// Who is in the room, those who are there first. While offline it says of which time that is true.
import QtQuick
import QtQuick.Controls.Basic
import Hubbub.App
import Hubbub.Ui

FocusScope {
    id: root

    property ServerSession session: null
    property Room room: null
    /// When the connection was last alive; empty while it is.
    property string staleSince

    readonly property LinkStatus link: session ? session.link : null
    readonly property PeopleModel people: room ? room.people : null
    readonly property bool alive: link !== null && link.isOnline

    signal closeTriggered()
    signal leaveTriggered()

    function heading(section: string): string {
        return section === "online" && staleSince !== "" ? qsTr("Online at %1").arg(staleSince)
            : section === "online" ? qsTr("Online") : qsTr("Offline");
    }
    function figure(section: string): string {
        const online = people?.onlineCount ?? 0;
        return String(section === "online" ? online : (people?.count ?? 0) - online);
    }

    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Details")
    Keys.onEscapePressed: root.closeTriggered()
    onAliveChanged: staleSince = alive ? "" : Qt.formatTime(new Date(), "HH:mm")

    Rectangle {
        anchors.fill: parent
        color: Theme.surface
    }
    Hairline {
        anchors.left: parent.left
        height: parent.height
        vertical: true
    }
    HeaderBar {
        id: header
        anchors.left: parent.left
        anchors.leftMargin: Metrics.hairline
        width: parent.width - anchors.leftMargin
        edge: Metrics.s16 - Metrics.hairline
        title: qsTr("Details")

        IconButton {
            objectName: "detailsClose"
            iconName: "close"
            text: qsTr("Close the details")
            onClicked: root.closeTriggered()
        }
    }
    ListView {
        id: list
        objectName: "peopleList"
        anchors.top: header.bottom
        anchors.topMargin: Metrics.s8
        anchors.bottom: server.top
        anchors.bottomMargin: Metrics.s8
        anchors.right: parent.right
        anchors.left: parent.left
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        activeFocusOnTab: true
        currentIndex: -1
        model: root.people
        section.property: "section"
        Accessible.role: Accessible.List
        Accessible.name: qsTr("People")
        ScrollBar.vertical: HScrollBar {}
        Keys.onUpPressed: flick(0, Metrics.px(400))
        Keys.onDownPressed: flick(0, -Metrics.px(400))

        section.delegate: Item {
            id: sectionRow

            required property string section

            width: ListView.view.width
            height: label.height

            SectionLabel {
                id: label
                x: Metrics.s16
                width: parent.width - 2 * Metrics.s16
                // Qt 6.4 makes no section delegate of a bound component, so this one reaches out.
                // qmllint disable unqualified
                text: root.heading(sectionRow.section)
                count: root.figure(sectionRow.section)
                // qmllint enable unqualified
            }
        }
        delegate: PersonDelegate {
            width: ListView.view.width
        }
    }
    ServerNote {
        id: server
        anchors.bottom: leave.top
        anchors.bottomMargin: Metrics.s8
        width: parent.width
        visible: root.session !== null
        session: root.session
    }
    FocusRing {
        anchors.fill: list
        anchors.margins: 0
        shown: list.activeFocus
    }
    HButton {
        id: leave
        objectName: "leaveRoom"
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Metrics.s16
        x: Metrics.s16
        width: parent.width - 2 * Metrics.s16
        kind: HButton.RiskOutline
        iconName: "logout"
        text: qsTr("Leave room")
        onClicked: root.leaveTriggered()
    }
    EmptyState {
        anchors.horizontalCenter: parent.horizontalCenter
        y: header.height + Metrics.s48
        width: parent.width - 2 * Metrics.s16
        visible: root.room !== null && list.count === 0
        iconName: "people"
        slot: 4
        title: qsTr("Nobody to show")
        text: root.alive ? qsTr("This server does not tell who is here.") : qsTr("Who is here shows once you’re connected.")
    }
}
