// SPDX-License-Identifier: MIT
// Small states: one look for each thing that can happen.
pragma ComponentBehavior: Bound
import QtQuick
import Hubbub.Ui

Rectangle {
    id: root

    width: 1440
    height: 1208
    color: Theme.window

    component Heading: HText { font: Fonts.labelStrong; height: 18 }

    HText { x: 32; y: 26; text: "Small states"; font: Fonts.title }
    Heading { x: 32; y: 74; text: "Connection chip" }
    Card {
        x: 32; y: 100; width: 400; height: 340; padding: 16

        Repeater {
            model: [
                [Chip.Offline, "Offline", "Go online"], [Chip.Waiting, "Reconnecting in 4 s", "Retry now"], [Chip.Connecting, "Connecting…", ""],
                [Chip.Syncing, "Catching up…", ""], [Chip.Online, "Online · 12 ms", ""], [Chip.Degraded, "Slow connection", ""],
                [Chip.Refused, "Sign-in expired", "Sign in"], [Chip.Untrusted, "Identity changed", "Review"]
            ]

            Chip {
                required property int index
                required property var modelData

                y: 3 + index * 39.5
                kind: modelData[0]
                text: modelData[1]
                actionText: modelData[2]
                fades: false
            }
        }
    }

    Heading { x: 448; y: 74; text: "Banners, under the header" }
    Column {
        x: 448; y: 100; spacing: 8

        Banner { width: 528; kind: Banner.Quiet; text: "You’re offline. 2 messages wait and go out in order."; actionText: "Retry now" }
        Banner { width: 528; kind: Banner.Info; text: "This room keeps history for 7 days."; actionText: "Learn more"; closable: true }
        Banner { width: 528; kind: Banner.Success; text: "Back online. All 14 waiting messages were sent."; closable: true }
        Banner { width: 528; kind: Banner.Warning; text: "Mara is moving this room to another computer."; actionText: "Details"; closable: true }
        Banner { width: 528; kind: Banner.Danger; text: "Your sign-in ran out. Nothing you typed is lost."; actionText: "Sign in"; closable: true }
    }
    Heading { x: 448; y: 354; text: "Toasts" }
    Toast { x: 448; y: 380; text: "Message deleted"; actionText: "Undo · 4 s"; sticky: true }
    Toast { x: 720; y: 380; text: "Address copied"; iconName: "copy"; sticky: true }

    Heading { x: 992; y: 74; text: "Controls" }
    Card {
        x: 992; y: 100; width: 416; height: 340; padding: 16

        ControlsPanel { anchors.fill: parent }
    }

    DialogPanel {
        parent: root
        x: 32; y: 484; width: 448; height: 300
        title: "This computer is new to you"
        subtitle: "Mara’s ThinkPad · 192.168.1.31"
        words: "Look at Mara’s screen. If it shows the same code, nobody is listening in."
        code: "QD4T-8261"
        buttons: [
            HButton { text: "It’s different" },
            HButton { text: "Cancel"; FocusRing { shown: true } },
            HButton { text: "Codes match, join"; kind: HButton.Main }
        ]
    }
    DialogPanel {
        parent: root
        x: 496; y: 484; width: 480; height: 300
        threat: true
        title: "This host’s identity changed"
        subtitle: "Mara’s ThinkPad · known since 3 Mar"
        words: "Someone may be pretending to be this host. Or Mara set the computer up anew: ask her in person before you go on. Nothing was sent."
        code: "M7RC-0458"
        buttons: [HButton { text: "Compare codes" }, HButton { text: "Stay away"; kind: HButton.Main }]
    }
    Heading { x: 992; y: 458; text: "Waiting" }
    Card {
        x: 992; y: 484; width: 416; height: 300; padding: 16

        BusyBar { x: -16; y: -16; width: parent.width + 32; running: true }
        Skeleton { y: 4; width: parent.width }
        Meter { y: 268; width: 240; value: 0.61 }
    }

    Heading { x: 32; y: 802; text: "Empty states" }
    Row {
        x: 32; y: 828; spacing: 16

        Repeater {
            model: [
                ["window", 5, "No server yet", "Connect to one, or host a room right here.", "Connect", true, "Scan this network"],
                ["hash", 3, "No rooms yet", "Rooms you join show up in this list.", "Create a room", false, "Browse rooms"],
                ["chat", 6, "Nothing said so far", "Be the first. Ctrl K jumps to any room.", "Say hello", true, "Invite people"],
                ["search", 1, "No hits for “panel key”", "Only departures-board was searched.", "Search everywhere", false, "Clear search"],
                ["wifi", 4, "Nobody here is hosting", "Hosts nearby appear by themselves.", "Find out why", false, "Enter an address"]
            ]

            Card {
                id: card

                required property var modelData

                width: 262; height: 220; padding: 0

                EmptyState {
                    y: 20; width: parent.width
                    iconName: card.modelData[0]
                    slot: card.modelData[1]
                    title: card.modelData[2]
                    text: card.modelData[3]
                    actionText: card.modelData[4]
                    mainAction: card.modelData[5]
                    linkText: card.modelData[6]
                }
            }
        }
    }
    Heading { x: 32; y: 1066; text: "Message states" }
    Card {
        x: 32; y: 1092; width: 1376; height: 84; padding: 0

        Repeater {
            model: [["Queued", StatusGlyph.Queued], ["Sending", StatusGlyph.Sending], ["Sent", StatusGlyph.Sent],
                ["Delivered", StatusGlyph.Delivered], ["Read", StatusGlyph.Read], ["Not sent", StatusGlyph.Failed]]

            Item {
                id: state

                required property int index
                required property var modelData

                x: index * 224 + 22; y: 20

                StatusGlyph { status: state.modelData[1] }
                HText { x: 30; height: 20; text: state.modelData[0]; font: Fonts.labelStrong }
            }
        }
    }
}
