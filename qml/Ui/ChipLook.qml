// SPDX-License-Identifier: MIT
// The colours of a Chip by kind; part of Chip.
import QtQuick
import Hubbub.Ui

QtObject {
    property int kind: Chip.Offline

    readonly property color fill: [Theme.bannerQuiet, Theme.bannerWarning, Theme.bannerWarning, Theme.bannerInfo,
        Theme.bannerSuccess, Theme.bannerWarning, Theme.bannerDanger, Theme.bannerDanger][kind]
    readonly property color ink: [Theme.bannerQuietInk, Theme.bannerWarningInk, Theme.bannerWarningInk, Theme.bannerInfoInk,
        Theme.bannerSuccessInk, Theme.bannerWarningInk, Theme.bannerDangerInk, Theme.bannerDangerInk][kind]
    readonly property color glyph: [Theme.textMuted, Theme.warning, Theme.warning, Theme.accent,
        Theme.presenceOnline, Theme.warning, Theme.danger, Theme.danger][kind]
}
