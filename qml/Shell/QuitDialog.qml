// SPDX-License-Identifier: MIT
// Asks before a room that is hosted here closes for everybody.
import QtQuick
import QtQuick.Layouts
import Hubbub.App as App
import Hubbub.Ui

HDialog {
    id: root

    objectName: "quitDialog"
    kind: HDialog.Danger
    iconName: "power"
    title: qsTr("Stop hosting and quit?")
    onClosed: App.Departure.cancel()

    Connections {
        target: App.Departure
        function onAsked(): void {
            root.open();
        }
        function onChanged(): void {
            if (!App.Departure.asking)
                root.close();
        }
    }

    HText {
        objectName: "quitQuestion"
        Layout.fillWidth: true
        text: App.Departure.question
        wrapMode: Text.WordWrap
    }

    buttons: [
        HButton {
            objectName: "quitCancel"
            focus: true
            text: qsTr("Keep hosting")
            onClicked: App.Departure.cancel()
        },
        HButton {
            objectName: "quitConfirm"
            kind: HButton.Risk
            text: qsTr("Stop and quit")
            onClicked: App.Departure.confirm()
        }
    ]
}
