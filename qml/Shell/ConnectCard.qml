// SPDX-License-Identifier: MIT
// Connect to a server by its address, with a token or as a guest.
import QtQuick
import Hubbub.App as App
import Hubbub.Ui
import Hubbub.Shell

WayInCard {
    id: root

    property string problem

    signal entered()

    iconName: "globe"
    slot: 5
    headline: qsTr("Connect to a server")
    explanation: qsTr("Any Socket.IO server: your team’s chat, or one you operate.")

    function enter(): void {
        const session = App.Servers.connectTo(address.text.trim(), signIn.currentIndex === 0 ? "" : token.text.trim());
        root.problem = session === null ? App.Servers.lastError : "";
        if (session !== null)
            root.entered();
        else
            address.forceActiveFocus();
    }

    Component.onDestruction: App.Servers.endSignIn()

    HText {
        text: qsTr("Server address")
        font: Fonts.smallStrong
        color: Theme.textSecondary
    }
    HTextField {
        id: address
        objectName: "addressField"
        width: parent.width
        text: App.Servers.signInUrl
        placeholderText: qsTr("http://192.168.1.20:3000")
        error: root.problem !== ""
        inputMethodHints: Qt.ImhUrlCharactersOnly
        Accessible.name: qsTr("Server address")
        onTextEdited: root.problem = ""
        onAccepted: root.enter()
    }
    HText {
        objectName: "connectProblem"
        width: parent.width
        visible: text !== ""
        text: root.problem
        font: Fonts.small
        color: Theme.danger
        wrapMode: Text.WordWrap
        Accessible.role: Accessible.AlertMessage
    }
    HText {
        topPadding: Metrics.s4
        text: qsTr("Sign in with")
        font: Fonts.smallStrong
        color: Theme.textSecondary
    }
    Segmented {
        id: signIn
        objectName: "signInChoice"
        width: parent.width
        label: qsTr("Sign in with")
        options: [qsTr("No account"), qsTr("Token")]
        currentIndex: App.Servers.signInUrl === "" ? 0 : 1
        onActivated: index => signIn.currentIndex = index
    }
    HTextField {
        id: token
        objectName: "tokenField"
        width: parent.width
        visible: signIn.currentIndex === 1
        iconName: "key"
        placeholderText: qsTr("Paste your token")
        echoMode: TextInput.Password
        spokenName: qsTr("Token")
        onAccepted: root.enter()
    }
    HText {
        width: parent.width
        text: signIn.currentIndex === 1 ? qsTr("Kept in this computer’s keychain if there is one, never in a file.")
            : qsTr("You join as a guest under your name, if the server takes guests.")
        font: Fonts.small
        color: Theme.textSecondary
        wrapMode: Text.WordWrap
    }

    button: HButton {
        objectName: "connectButton"
        width: parent.width
        kind: HButton.Main
        text: qsTr("Connect")
        enabled: address.text.trim() !== ""
        onClicked: root.enter()
    }
}
