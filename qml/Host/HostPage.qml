// SPDX-License-Identifier: MIT
// The room that is hosted here: how to reach it, who is in it, what happened.
import QtQuick
import QtQuick.Controls.Basic
import Hubbub.App as App
import Hubbub.Ui
import Hubbub.Host

Rectangle {
    id: root

    property bool narrow: false
    readonly property bool running: App.Host.state === App.Host.Running
    readonly property bool columns: width >= Metrics.px(1000)
    readonly property int margin: narrow ? Metrics.s12 : Metrics.s24

    signal roomWanted()

    objectName: "hostPage"
    color: Theme.window
    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Host")

    HeaderBar {
        id: head
        width: parent.width
        edge: root.margin
        inline: !root.narrow
        title: App.Host.roomName !== "" ? App.Host.roomName : qsTr("Host")
        subtitle: root.running ? qsTr("on this network since %1").arg(Qt.formatTime(App.Host.since, "hh:mm"))
            : qsTr("not hosting")

        Row {
            rightPadding: Metrics.s4
            spacing: Metrics.s8

            Chip {
                objectName: "hostChip"
                anchors.verticalCenter: parent.verticalCenter
                visible: root.running && root.width >= Metrics.px(720)
                kind: Chip.Online
                fades: false
                text: qsTr("Hosting · %1").arg(App.Host.peopleText)
            }
            Item {
                visible: root.running && !root.narrow
                width: Metrics.s4
                height: 1
            }
            HButton {
                objectName: "openRoom"
                visible: root.running && !root.narrow
                iconName: "chat"
                text: qsTr("Open the room")
                onClicked: {
                    App.Servers.current = App.Host.session;
                    root.roomWanted();
                }
            }
            HButton {
                objectName: "stopHosting"
                visible: root.running
                kind: HButton.RiskOutline
                iconName: "stop"
                text: qsTr("Stop hosting")
                onClicked: App.Host.stop()
            }
        }
    }
    HostIdle {
        anchors.top: head.bottom
        anchors.bottom: parent.bottom
        width: parent.width
        visible: !root.running
    }
    Flickable {
        anchors.top: head.bottom
        anchors.bottom: parent.bottom
        width: parent.width
        visible: root.running
        contentWidth: width
        contentHeight: cards.height + 2 * root.margin
        boundsBehavior: Flickable.StopAtBounds
        clip: true
        ScrollBar.vertical: HScrollBar {}

        Flow {
            id: cards
            readonly property int full: root.width - 2 * root.margin
            readonly property int tall: root.height - head.height - 2 * root.margin

            x: root.margin
            y: root.margin
            width: full
            spacing: Metrics.s16

            AddressCard {
                width: root.columns ? Metrics.px(376) : parent.width
                height: root.columns ? Math.max(implicitHeight, cards.tall) : implicitHeight
            }
            HostPeopleCard {
                width: root.columns ? cards.full - Metrics.px(376) - Metrics.px(320) - 2 * Metrics.s16 : parent.width
                height: root.columns ? Math.max(Metrics.px(320), cards.tall) : Metrics.px(320)
            }
            HostLogCard {
                width: root.columns ? Metrics.px(320) : parent.width
                height: root.columns ? Math.max(Metrics.px(320), cards.tall) : Metrics.px(320)
            }
        }
    }
}
