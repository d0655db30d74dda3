// SPDX-License-Identifier: MIT
// Where the person is. Pages that need a server fall back to the way in while there is none.
import QtQuick
import Hubbub.App as App
import Hubbub.Shell

QtObject {
    id: root

    readonly property App.ServerSession session: App.Servers.current
    property string wanted: "connect"
    readonly property string page: session === null && (wanted === "chat" || wanted === "console") ? "connect" : wanted

    readonly property list<Place> places: [
        Place { page: "chat"; icon: "chat"; text: qsTr("Chat"); needsServer: true },
        Place { page: "console"; icon: "activity"; text: qsTr("Console"); needsServer: true },
        Place { page: "host"; icon: "broadcast"; text: qsTr("Host") },
        Place { page: "settings"; icon: "sliders"; text: qsTr("Settings") }
    ]

    function go(page: string): void {
        root.wanted = page;
    }
    function open(session: App.ServerSession): void {
        App.Servers.current = session;
        if (root.page !== "console")
            root.wanted = "chat";
    }
}
