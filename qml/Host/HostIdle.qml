// SPDX-License-Identifier: MIT
// Nothing is hosted: one sentence, one button, and what went wrong if something did.
import QtQuick
import Hubbub.App as App
import Hubbub.Ui

Item {
    id: root

    Banner {
        x: Metrics.s24
        y: Metrics.s16
        width: parent.width - 2 * x
        visible: App.Host.error !== ""
        kind: Banner.Danger
        text: App.Host.error
    }
    EmptyState {
        objectName: "hostIdle"
        anchors.centerIn: parent
        width: Math.min(parent.width - Metrics.s48, Metrics.px(360))
        iconName: "broadcast"
        slot: 6
        title: App.Host.state === App.Host.Starting ? qsTr("Starting…")
            : App.Host.state === App.Host.Stopping ? qsTr("Stopping…") : qsTr("Nothing is hosted here")
        text: qsTr("Open a room on this computer. People join from the app or a phone’s browser.")
        actionText: App.Host.state === App.Host.Starting || App.Host.state === App.Host.Stopping ? "" : qsTr("Start hosting")
        onActionTriggered: App.Host.start(App.Host.roomName !== "" ? App.Host.roomName
            : App.Settings.name !== "" ? qsTr("%1’s room").arg(App.Settings.name.split(" ")[0]) : qsTr("My room"), App.Host.port)
    }
}
