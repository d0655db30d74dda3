// SPDX-License-Identifier: MIT
// The operator console of one server. It listens to the server only while it can be seen.
pragma ComponentBehavior: Bound
import QtQuick
import Hubbub.App
import Hubbub.Console
import Hubbub.Ui

FocusScope {
    id: root

    property ServerSession session: null
    property bool narrow: false

    readonly property ConsoleSession admin: session ? session.console : null
    readonly property bool live: admin !== null && admin.available
    readonly property bool asks: admin !== null && admin.needsLogin
    readonly property bool refused: admin !== null && !live && !asks && (admin.error !== "" || admin.link.kind === "refused")
    readonly property var titles: [qsTr("Overview"), qsTr("Connections"), qsTr("Rooms")]
    property int page: 0
    property ConsoleSession listening: null

    function listen(): void {
        const wanted = visible ? admin : null;
        if (listening && listening !== wanted)
            listening.active = false;
        listening = wanted;
        if (listening)
            listening.active = true;
    }
    function scope(): string {
        if (!live)
            return "";
        if (page === 1)
            return qsTr("%1 of %2 shown").arg(Ui.grouped(admin.connectionCount)).arg(Ui.grouped(admin.connectionTotal));
        if (page === 2)
            return qsTr("%1 rooms · %2 private hidden").arg(Ui.grouped(admin.overview.rooms)).arg(Ui.grouped(admin.rooms.privateCount));
        if (admin.overview.uptimeText === "")
            return qsTr("all namespaces");
        return qsTr("up %1 · all namespaces").arg(admin.overview.uptimeText);
    }

    objectName: "consolePage"
    onAdminChanged: listen()
    onVisibleChanged: listen()
    Component.onCompleted: listen()
    Component.onDestruction: if (listening) listening.active = false

    Rectangle {
        anchors.fill: parent
        color: Theme.window
    }
    ConsoleList {
        id: list
        anchors.left: root.left
        width: Metrics.consoleList
        height: root.height
        visible: !root.narrow
        session: root.session
        page: root.page
        onChosen: (page) => root.page = page
    }
    FocusScope {
        id: content
        anchors.left: root.narrow ? root.left : list.right
        anchors.right: root.right
        height: root.height
        focus: true

        ConsoleHeader {
            id: header
            width: parent.width
            edge: content.width < Metrics.px(560) ? Metrics.s12 : root.page === 0 ? Metrics.s24 : Metrics.s16
            title: root.narrow && root.session ? root.session.title : root.titles[root.page]
            subtitle: root.narrow ? "" : root.scope()
            admin: root.admin
            narrow: root.narrow
        }
        Rectangle {
            id: tabs
            anchors.top: header.bottom
            width: parent.width
            height: root.narrow ? Metrics.px(36) : 0
            visible: root.narrow
            color: Theme.surface

            TabStrip {
                objectName: "consoleTabs"
                anchors.left: parent.left
                anchors.leftMargin: Metrics.s12
                anchors.bottom: parent.bottom
                label: qsTr("Console")
                options: root.titles
                currentIndex: root.page
                onActivated: (index) => root.page = index
            }
            Hairline {
                anchors.bottom: parent.bottom
                width: parent.width
            }
        }
        Repeater {
            model: root.live && root.page === 0 ? 1 : 0

            OverviewPage {
                anchors.top: tabs.bottom
                anchors.bottom: content.bottom
                width: content.width
                focus: true
                admin: root.admin
            }
        }
        Repeater {
            model: root.live && root.page === 1 ? 1 : 0

            ConnectionsPage {
                anchors.top: tabs.bottom
                anchors.bottom: content.bottom
                width: content.width
                focus: true
                admin: root.admin
            }
        }
        Repeater {
            model: root.live && root.page === 2 ? 1 : 0

            RoomsPage {
                anchors.top: tabs.bottom
                anchors.bottom: content.bottom
                width: content.width
                focus: true
                admin: root.admin
            }
        }
        Repeater {
            model: root.asks ? 1 : 0

            LoginCard {
                anchors.centerIn: content
                width: Math.min(implicitWidth, content.width - 2 * Metrics.s16)
                focus: true
                admin: root.admin
            }
        }
        Skeleton {
            anchors.top: tabs.bottom
            anchors.topMargin: Metrics.s24
            x: Metrics.s24
            width: parent.width - 2 * Metrics.s24
            visible: running
            avatar: false
            running: root.admin !== null && !root.live && !root.asks && !root.refused
        }
        EmptyState {
            objectName: "consoleUnavailable"
            anchors.centerIn: parent
            width: Math.min(Metrics.px(360), parent.width)
            visible: root.refused
            iconName: "activity"
            slot: 1
            title: qsTr("This server has no console")
            text: root.admin?.error || root.admin?.link.cause || ""
        }
    }
}
