// SPDX-License-Identifier: MIT
// Asks before a server goes from the list. RemoveServerDialog { id: removal }, then removal.ask(session).
import QtQuick
import QtQuick.Layouts
import Hubbub.App as App
import Hubbub.Ui

HDialog {
    id: root

    property App.ServerSession session: null
    readonly property int queued: session?.chat.queuedCount ?? 0

    function ask(target: App.ServerSession): void {
        session = target;
        open();
    }

    objectName: "removeServerDialog"
    kind: HDialog.Danger
    iconName: "trash"
    title: qsTr("Remove %1?").arg(session?.title ?? "")
    onClosed: session = null

    HText {
        objectName: "removeServerText"
        Layout.fillWidth: true
        text: (root.queued > 0 ? qsTr("%n message(s) wait here. They are kept and go out when you add it again.", "", root.queued) + " " : "")
            + qsTr("Hubbub disconnects and forgets the server and your sign-in.")
        wrapMode: Text.WordWrap
    }

    buttons: [
        HButton {
            objectName: "removeServerCancel"
            focus: true
            text: qsTr("Cancel")
            onClicked: root.close()
        },
        HButton {
            objectName: "removeServerConfirm"
            kind: HButton.Risk
            text: qsTr("Remove")
            onClicked: {
                const gone = root.session;
                root.close();
                App.Servers.remove(gone);
            }
        }
    ]
}
