// SPDX-License-Identifier: MIT
// Open a room on this computer.
import QtQuick
import Hubbub.App as App
import Hubbub.Ui
import Hubbub.Shell

WayInCard {
    id: root

    readonly property bool hosting: App.Host.state === App.Host.Running
    readonly property bool portValid: port.text === "" || (Number(port.text) >= 1 && Number(port.text) <= 65535)

    signal hostWanted()

    iconName: "broadcast"
    slot: 6
    headline: qsTr("Host here")
    explanation: qsTr("Open a room on this computer. People join from the app or a phone’s browser.")

    function start(): void {
        if (!startButton.enabled)
            return;
        if (!root.hosting)
            App.Host.start(room.text.trim(), Number(port.text));
        root.hostWanted();
    }

    HText {
        text: qsTr("Room name")
        font: Fonts.smallStrong
        color: Theme.textSecondary
    }
    HTextField {
        id: room
        objectName: "roomNameField"
        width: parent.width
        enabled: !root.hosting
        maximumLength: 60
        text: App.Host.roomName !== "" ? App.Host.roomName
            : App.Settings.name !== "" ? qsTr("%1’s room").arg(App.Settings.name.split(" ")[0]) : qsTr("My room")
        Accessible.name: qsTr("Room name")
        onAccepted: root.start()
    }
    HText {
        topPadding: Metrics.s4
        text: qsTr("Port")
        font: Fonts.smallStrong
        color: Theme.textSecondary
    }
    HTextField {
        id: port
        objectName: "portField"
        width: parent.width
        enabled: !root.hosting
        placeholderText: qsTr("Any free one")
        error: !root.portValid
        text: App.Host.port > 0 ? App.Host.port : ""
        inputMethodHints: Qt.ImhDigitsOnly
        validator: RegularExpressionValidator { regularExpression: /[0-9]{0,5}/ }
        Accessible.name: qsTr("Port")
        onAccepted: root.start()
    }
    HText {
        objectName: "hostProblem"
        width: parent.width
        visible: text !== ""
        text: !root.portValid ? qsTr("A port is a number from 1 to 65535.") : App.Host.error
        font: Fonts.small
        color: Theme.danger
        wrapMode: Text.WordWrap
        Accessible.role: Accessible.AlertMessage
    }
    Row {
        topPadding: Metrics.s4
        width: parent.width
        spacing: Metrics.s8

        Icon {
            y: Metrics.s2
            name: "wifi"
            size: Metrics.iconSmall
            color: Theme.textMuted
        }
        HText {
            width: parent.width - Metrics.s24
            text: qsTr("Anyone on this network who has the address may join. Good for a demo, nothing private.")
            font: Fonts.small
            color: Theme.textSecondary
            wrapMode: Text.WordWrap
        }
    }

    button: HButton {
        id: startButton
        objectName: "startHosting"
        width: parent.width
        text: root.hosting ? qsTr("Show the room") : App.Host.state === App.Host.Starting ? qsTr("Starting…") : qsTr("Start hosting")
        enabled: root.portValid && room.text.trim() !== "" && App.Host.state !== App.Host.Starting
        onClicked: root.start()
    }
}
