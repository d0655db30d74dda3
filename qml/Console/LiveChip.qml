// SPDX-License-Identifier: MIT
// How the console's own connection is. Its figures come once a second, so online reads "Live · 1 s".
import QtQuick
import Hubbub.App
import Hubbub.Ui

Chip {
    id: root

    property LinkStatus link: null

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

    objectName: "liveChip"
    visible: link !== null
    fades: false
    kind: link ? kinds[link.kind] ?? Chip.Offline : Chip.Offline
    text: kind === Chip.Online ? qsTr("Live · 1 s") : link?.text ?? ""
    actionText: link?.action ?? ""
    Accessible.description: link?.cause ?? ""
    onActionTriggered: root.link.activate()
}
