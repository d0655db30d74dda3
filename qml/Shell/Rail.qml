// SPDX-License-Identifier: MIT
// The servers on top, the places of the app at the bottom, the person last.
pragma ComponentBehavior: Bound
import QtQuick
import Hubbub.App as App
import Hubbub.Settings
import Hubbub.Ui
import Hubbub.Shell

Rectangle {
    id: root

    required property Navigation navigation

    color: Theme.sunken
    Accessible.role: Accessible.ToolBar
    Accessible.name: qsTr("Servers and pages")

    Hairline {
        anchors.right: parent.right
        vertical: true
        height: parent.height
    }
    ListView {
        id: servers
        objectName: "serverRail"
        anchors.top: parent.top
        anchors.bottom: places.top
        anchors.bottomMargin: Metrics.px(64)
        width: parent.width
        clip: true
        spacing: Metrics.s12
        topMargin: Metrics.s12 // of the content, so that a badge over the first tile is whole
        boundsBehavior: Flickable.StopAtBounds
        model: App.Servers
        delegate: ServerTile {
            width: servers.width
            onChosen: root.navigation.open(session)
            onMenuWanted: menu.openFor(session)
        }
    }
    HMenu {
        id: menu

        property App.ServerSession session: null

        function openFor(target: App.ServerSession): void {
            session = target;
            popup();
        }

        objectName: "serverMenu"

        HMenuItem {
            objectName: "removeServerItem"
            enabled: menu.session !== null && (!menu.session.hosted || App.Host.state === App.Host.Stopped)
            iconName: "trash"
            text: qsTr("Remove…")
            risk: true
            onTriggered: removal.ask(menu.session)
        }
    }
    RemoveServerDialog { id: removal }
    RailButton {
        id: add
        // Below the last server, or above the places once the list fills the rail.
        y: Math.min(servers.topMargin + servers.contentHeight + (servers.count > 0 ? Metrics.s12 : 0), places.y - Metrics.px(52))
        width: parent.width
        objectName: "navConnect"
        iconName: "plus"
        text: qsTr("Add a server")
        framed: true
        onClicked: root.navigation.go("connect")
    }
    Column {
        id: places
        anchors.bottom: person.top
        anchors.bottomMargin: Metrics.px(7)
        width: parent.width
        spacing: Metrics.s4

        Repeater {
            model: root.navigation.places
            RailButton {
                required property Place modelData
                width: places.width
                objectName: "nav-" + modelData.page
                iconName: modelData.icon
                text: modelData.text
                enabled: !modelData.needsServer || root.navigation.session !== null
                selected: root.navigation.page === modelData.page
                onClicked: root.navigation.go(modelData.page)
            }
        }
        Item {
            width: parent.width
            height: Metrics.s4

            Hairline {
                anchors.bottom: parent.bottom
                anchors.horizontalCenter: parent.horizontalCenter
                width: Metrics.s24
                color: Theme.borderSubtle
            }
        }
    }
    Avatar {
        id: person
        anchors.horizontalCenter: parent.horizontalCenter
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Metrics.s12
        name: App.Settings.name !== "" ? App.Settings.name : qsTr("You")
        iconName: App.Settings.name === "" ? "person" : ""
        userId: root.navigation.session?.chat.userId ?? App.Settings.userId // as the server knows them
        ring: Theme.sunken
        presence: root.navigation.session === null ? PresenceMark.None
            : root.navigation.session.link.isOnline ? PresenceMark.Online : PresenceMark.Offline
    }
}
