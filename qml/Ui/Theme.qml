// SPDX-License-Identifier: MIT
// Colours by role, nothing else. Use: `color: Theme.textSecondary`. No hex value may stand outside this file.
// Names never begin with "on" and a capital: QML would read them as signal handlers.
pragma Singleton
import QtQuick
import Hubbub.Ui.Core

QtObject {
    id: root

    readonly property bool dark: ThemeController.dark

    // Three greys make all depth: sunken (rail, lists), surface (content), window (behind cards, code).
    readonly property color window: dark ? "#12161C" : "#F6F7F9"
    readonly property color surface: dark ? "#191E26" : "#FFFFFF"
    readonly property color sunken: dark ? "#0E1217" : "#EDF0F4"
    readonly property color hover: dark ? "#232A34" : "#E6EAF0"
    readonly property color selected: dark ? "#223457" : "#DCE7FB"
    readonly property color hairline: dark ? "#232A34" : "#E6EAF0"
    readonly property color borderSubtle: dark ? "#2C3440" : "#D8DEE6"
    readonly property color borderStrong: dark ? "#768294" : "#757F8E"
    readonly property color scrim: dark ? "#99000000" : "#661B2330"
    /// Used at a few percent, see shadowParts.
    readonly property color shadow: dark ? "#000000" : "#1B2330"

    readonly property var shadowParts: dark ? [0.22, 0.16, 0.1] : [0.038, 0.028, 0.018]

    readonly property color text: dark ? "#E7EBF1" : "#1B2330"
    readonly property color textSecondary: dark ? "#B3BDCA" : "#4C5767"
    readonly property color textMuted: dark ? "#98A5B5" : "#586473"
    readonly property color link: dark ? "#8FB4FF" : "#1F4FC4"

    readonly property color accent: dark ? "#7AA5FF" : "#2459D6"
    readonly property color accentHover: dark ? "#94B7FF" : "#1D4BBB"
    readonly property color accentPressed: dark ? "#A9C5FF" : "#183F9E"
    readonly property color accentInk: dark ? "#0B1B3D" : "#FFFFFF"
    readonly property color risk: mention
    readonly property color riskHover: dark ? "#FFA098" : "#A92319"
    readonly property color riskPressed: dark ? "#FFB3AC" : "#8F1D14"
    readonly property color riskInk: mentionInk
    readonly property color success: dark ? "#5FCB93" : "#16704A"
    readonly property color warning: dark ? "#E9B44C" : "#8A5A00"
    readonly property color danger: dark ? "#FF8A80" : "#B42318"

    readonly property color bubbleOwn: dark ? "#22365E" : "#DCE7FB"
    readonly property color bubbleOther: dark ? "#232A34" : "#EEF1F5"
    readonly property color badge: dark ? "#7AA5FF" : "#2459D6"
    readonly property color badgeInk: dark ? "#0B1B3D" : "#FFFFFF"
    readonly property color mention: dark ? "#FF8A80" : "#C4281C"
    readonly property color mentionInk: dark ? "#2B0B08" : "#FFFFFF"
    readonly property color toast: dark ? "#2C3440" : "#1B2330"
    readonly property color toastInk: dark ? "#E7EBF1" : "#FFFFFF"
    readonly property color toastLink: "#8FB4FF"

    readonly property color presenceOnline: dark ? "#4CC38A" : "#1A8A50"
    readonly property color presenceAway: dark ? "#E0A83A" : "#A86B12"
    readonly property color presenceBusy: dark ? "#FF7A70" : "#C4281C"
    readonly property color presenceOffline: dark ? "#768294" : "#757F8E"

    readonly property color bannerQuiet: hover
    readonly property color bannerQuietInk: textSecondary
    readonly property color bannerInfo: dark ? "#17284D" : "#E4EDFD"
    readonly property color bannerInfoInk: dark ? "#C7DAFF" : "#173F9B"
    readonly property color bannerSuccess: dark ? "#12342A" : "#DFF3E7"
    readonly property color bannerSuccessInk: dark ? "#B8EBD0" : "#0F5A34"
    readonly property color bannerWarning: dark ? "#3A2C0C" : "#FFF4D6"
    readonly property color bannerWarningInk: dark ? "#FFE0A3" : "#5C3D00"
    readonly property color bannerDanger: dark ? "#44191A" : "#FDE7E5"
    readonly property color bannerDangerInk: dark ? "#FFC9C4" : "#8C1B12"

    readonly property color chartGrid: dark ? "#252C37" : "#E9EDF2"
    readonly property color chartGap: dark ? "#2C3440" : "#D8DEE6"

    /// Data series in their fixed order: "in" is 0, "out" is 1, latency is 4.
    readonly property var seriesColors: dark
        ? ["#7AA5FF", "#45C8B4", "#E9B44C", "#E085BF", "#B295E4", "#768294"]
        : ["#2459D6", "#0E8577", "#B87503", "#B42D82", "#6A45C6", "#8A94A3"]
    /// Colours of people and rooms by slot, 0 to 7; the slot comes from Ui.nameSlot(id).
    readonly property var nameColors: dark
        ? ["#E08C85", "#D6955C", "#B8D65C", "#5CD699", "#5CCCD6", "#7CA5DE", "#B295E4", "#E085BF"]
        : ["#B8392E", "#935825", "#566A1B", "#1D7247", "#1E6F76", "#2D65B4", "#602EB8", "#B42D82"]

    function series(index: int): color {
        return Qt.color(seriesColors[index % seriesColors.length]);
    }
    /// Full-strength letters; a slot below 0 is the neutral grey of muted things.
    function nameColor(slot: int): color {
        return slot < 0 ? root.textSecondary : Qt.color(nameColors[slot % nameColors.length]);
    }
    /// Fill behind those letters: 12 % of the colour on surface in light, 18 % in dark; opaque, the same on any ground.
    function nameTint(slot: int): color {
        return slot < 0 ? root.hover : root.tint(nameColor(slot));
    }
    function tint(base: color): color {
        const part = dark ? 0.18 : 0.12;
        const rest = 1 - part;
        return Qt.rgba(base.r * part + surface.r * rest, base.g * part + surface.g * rest, base.b * part + surface.b * rest, 1);
    }
    function faint(base: color, opacity: real): color {
        return Qt.rgba(base.r, base.g, base.b, opacity);
    }
}
