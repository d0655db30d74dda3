// SPDX-License-Identifier: MIT
// Asks for the operator's name and password of a remote server.
import QtQuick
import Hubbub.App
import Hubbub.Ui

FocusScope {
    id: root

    required property ConsoleSession admin

    readonly property bool ready: user.text.trim() !== "" && password.text !== ""

    function submit(): void {
        if (!ready)
            return;
        admin.login(user.text.trim(), password.text);
        password.clear();
    }

    objectName: "consoleLogin"
    implicitWidth: Metrics.px(352)
    implicitHeight: content.height + 2 * Metrics.s24
    Accessible.role: Accessible.Grouping
    Accessible.name: title.text

    Rectangle {
        anchors.fill: parent
        radius: Metrics.radiusCard
        color: Theme.surface
        border.width: Metrics.hairline
        border.color: Theme.borderSubtle
    }
    Column {
        id: content
        x: Metrics.s24
        y: Metrics.s24
        width: parent.width - 2 * x
        spacing: Metrics.s12

        IconTile {
            iconName: "lock"
            slot: 5
        }
        HText {
            id: title
            width: parent.width
            text: qsTr("Sign in to the console")
            font: Fonts.subtitle
            Accessible.role: Accessible.Heading
        }
        HText {
            width: parent.width
            text: qsTr("This server shows its connections and rooms to operators only.")
            font: Fonts.control
            color: Theme.textSecondary
            wrapMode: Text.Wrap
        }
        HTextField {
            id: user
            objectName: "consoleUser"
            width: parent.width
            focus: true
            iconName: "person"
            placeholderText: qsTr("Name")
            onAccepted: password.forceActiveFocus()
        }
        HTextField {
            id: password
            objectName: "consolePassword"
            width: parent.width
            iconName: "key"
            placeholderText: qsTr("Password")
            echoMode: TextInput.Password
            error: told.visible
            helpText: told.text
            onAccepted: root.submit()
        }
        HText {
            id: told
            objectName: "consoleError"
            width: parent.width
            visible: text !== ""
            text: root.admin.error
            font: Fonts.small
            color: Theme.danger
            wrapMode: Text.Wrap
        }
        HButton {
            objectName: "consoleSignIn"
            width: parent.width
            kind: HButton.Main
            enabled: root.ready
            text: qsTr("Sign in")
            onClicked: root.submit()
        }
    }
}
