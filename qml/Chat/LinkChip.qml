// SPDX-License-Identifier: MIT
// The chip that tells how the connection is, with the one thing to do about it.
import QtQuick
import QtQuick.Templates as T
import Hubbub.App
import Hubbub.Ui

Chip {
    id: root

    property LinkStatus link: null
    /// Little room: while it retries by itself, the words stand alone and a tap retries at once.
    property bool narrow: false
    readonly property bool tappable: narrow && link !== null && link.kind === "waiting"

    readonly property var kinds: ({
        offline: Chip.Offline,
        waiting: Chip.Waiting,
        connecting: Chip.Connecting,
        handshaking: Chip.Connecting,
        synchronising: Chip.Syncing,
        online: Chip.Online,
        degraded: Chip.Degraded,
        refused: Chip.Refused,
        untrusted: Chip.Untrusted,
        closed: Chip.Offline
    })

    objectName: "chip"
    visible: link !== null
    kind: link ? kinds[link.kind] ?? Chip.Offline : Chip.Offline
    text: link?.text ?? ""
    actionText: tappable ? "" : link?.action ?? ""
    Accessible.description: link?.cause ?? ""
    onActionTriggered: root.link.activate()

    T.AbstractButton {
        id: retry
        anchors.fill: parent
        visible: root.tappable
        focusPolicy: Qt.StrongFocus
        Accessible.role: Accessible.Button
        Accessible.name: root.link?.action ?? ""
        Keys.onReturnPressed: retry.clicked()
        Keys.onEnterPressed: retry.clicked()
        onClicked: root.link.activate()

        background: Item {
            FocusRing {
                shown: retry.visualFocus
                around: height / 2
            }
        }
    }
}
