// SPDX-License-Identifier: MIT
// Decides which changes of the connection are spoken: each outage once, its end, and what needs a person; part of Chip.
import QtQuick
import Hubbub.Ui

QtObject {
    id: root

    property bool outage: false

    signal speak()

    function enter(kind: int): void {
        const trying = kind === Chip.Waiting;
        const restored = kind === Chip.Online && outage;
        const asks = kind === Chip.Offline || kind === Chip.Degraded || kind === Chip.Refused || kind === Chip.Untrusted;
        const told = outage;
        outage = trying || kind === Chip.Connecting || kind === Chip.Syncing ? outage || trying : kind !== Chip.Online && kind !== Chip.Degraded;
        if (asks || restored || (trying && !told))
            root.speak();
    }
}
