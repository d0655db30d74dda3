// SPDX-License-Identifier: MIT
// Lists, people, figures and charts.
pragma ComponentBehavior: Bound
import QtQuick
import Hubbub.Ui

Rectangle {
    id: root

    width: 1440
    height: 900
    color: Theme.window

    function wave(count: int, base: real, swing: real, gap: bool): var {
        const values = [];
        for (let i = 0; i < count; ++i)
            values.push(gap && i > 60 && i < 68 ? NaN : base + swing * Math.sin(i / 9) * Math.cos(i / 4));
        return values;
    }

    Rectangle {
        width: 280; height: parent.height
        color: Theme.sunken

        HeaderBar {
            width: parent.width
            color: Theme.sunken
            title: "Northlight Transit"
            IconButton { iconName: "pencil"; text: "New message" }
        }
        SearchField { x: 12; y: 64; width: 256; placeholderText: "Search or jump to"; shortcutText: "Ctrl K" }
        SectionLabel { x: 16; y: 104; width: 248; text: "Rooms"; count: "4"; IconButton { size: 24; iconSize: 16; iconName: "plus"; text: "Add" } }
        Column {
            x: 8; y: 136; width: 264

            Repeater {
                model: [["departures-board", 0, false, true], ["ops-alerts", 12, false, false], ["release-0-9", 2, true, false], ["lunch", 31, false, false]]

                ListRow {
                    id: row

                    required property int index
                    required property var modelData

                    width: 264
                    text: modelData[0]
                    selected: modelData[3]

                    Avatar { anchors.verticalCenter: parent.verticalCenter; room: true; slot: row.index === 3 ? -1 : row.index + 5 ; name: row.text }
                    HText { x: 46; y: 6; height: 20; text: row.text; font: Fonts.bodyStrong }
                    HText { x: 46; y: 26; height: 18; text: "Tomás is typing…"; font: Fonts.small; color: Theme.textSecondary }
                    HText { anchors.right: parent.right; y: 8; text: "14:07"; font: Fonts.numSmall; color: Theme.textMuted }
                    Badge { anchors.right: parent.right; y: 27; count: row.modelData[1]; mention: row.modelData[2]; muted: row.index === 3 }
                }
            }
        }
        Row {
            x: 16; y: 360; spacing: 12

            Repeater {
                model: [[PresenceMark.Online, "Mara Lindqvist"], [PresenceMark.Away, "Jonas Weber"], [PresenceMark.Busy, "Aiko Tanaka"], [PresenceMark.Offline, "Sam Okafor"]]

                Avatar {
                    required property var modelData

                    presence: modelData[0]
                    name: modelData[1]
                    ring: Theme.sunken
                }
            }
        }
        Column {
            x: 16; y: 420; width: 248; spacing: 12

            RadioRow { text: "Anyone with the PIN"; subtitle: "Six digits, new for each session"; checked: true }
            RadioRow { text: "People I approve"; subtitle: "You see name, address and check code" }
            HSwitch { width: parent.width; text: "Keep history after stopping"; checked: true }
            HSwitch { width: parent.width; text: "Off" }
            HCheckBox { text: "Remember me"; checked: true }
            Segmented { width: parent.width; options: ["Token", "Password", "No account"]; label: "Sign in with" }
            TabStrip { options: ["Tree", "Raw", "Hex"]; label: "View" }
            Row {
                spacing: 6
                Tag { text: "guest" }
                Tag { kind: Tag.Info; text: "admin" }
                Tag { kind: Tag.Success; text: "On time" }
                Tag { kind: Tag.Warning; text: "Restarted" }
                Tag { kind: Tag.Danger; text: "risk"; iconName: "bolt" }
            }
            Row {
                spacing: 8
                HButton { kind: HButton.RiskOutline; text: "Stop hosting"; iconName: "stop" }
                HButton { text: "Retry"; small: true; kind: HButton.RiskOutline; anchors.verticalCenter: parent.verticalCenter }
                IconButton { iconName: "send"; text: "Send"; filled: true }
                IconButton { iconName: "panel"; text: "Details"; checkable: true; checked: true }
            }
            HTextArea { width: parent.width; text: "Two lines\nof text" }
        }
    }
    HeaderBar {
        x: 280; width: parent.width - 280
        title: "Overview"; subtitle: "3 nodes · all namespaces"; inline: true
        Chip { kind: Chip.Online; text: "Live · 1 s"; fades: false }
        Segmented { width: 200; options: ["10 min", "1 h", "24 h", "30 d"]; label: "Span" }
        IconButton { iconName: "pause"; text: "Pause" }
    }
    Banner {
        x: 304; y: 72; width: 968; kind: Banner.Warning
        title: "p99 above 60 ms on eu-3"; text: "for 48 s, back under the limit at 14:04"
        more: 1; secondText: "Acknowledge"; actionText: "Show on charts"
    }
    Row {
        x: 304; y: 128; spacing: 16

        Tile { label: "Connections"; figure: Ui.grouped(3124); note: "130 more than 10 min ago"; trend: Tile.Up; values: root.wave(60, 3000, 60, false) }
        Tile { label: "Events out"; figure: Ui.grouped(1642); unit: "/s"; note: "fan-out ×5.2, steady"; values: root.wave(60, 1600, 90, false); seriesIndex: 1 }
        Tile { label: "Latency p99"; figure: "38"; unit: "ms"; note: "61 ms less than at 14:03"; trend: Tile.Down; tone: Theme.success; values: root.wave(60, 40, 9, false); seriesIndex: 4 }
        Tile { label: "Disconnects"; figure: "23"; unit: "/min"; note: "5 not clean"; trend: Tile.Up; tone: Theme.warning; values: root.wave(60, 20, 8, true); seriesIndex: 2 }
    }
    Card {
        x: 304; y: 248; width: 476; height: 192; padding: 16

        HText { text: "Connections"; font: Fonts.labelStrong }
        Legend { anchors.right: parent.right; entries: [{ name: "websocket", value: "2 907", color: Theme.series(0) }, { name: "polling", value: "217", color: Theme.series(1) }] }
        TimeSeriesChart {
            y: 20; width: parent.width; height: 140; capacity: 200; label: "Connections"
            timeLabels: ["13:58", "14:00", "14:02", "14:04", "14:06", "now"]
            series: [{ values: root.wave(200, 2700, 200, true), color: Theme.series(0), filled: true }, { values: root.wave(200, 217, 20, true), color: Theme.series(1), filled: false }]
        }
    }
    Card {
        x: 796; y: 248; width: 476; height: 192; padding: 16

        HText { text: "Latency, event to ack"; font: Fonts.labelStrong }
        TimeSeriesChart {
            y: 20; width: parent.width; height: 140; capacity: 200; label: "Latency"; threshold: 60
            timeLabels: ["13:58", "14:00", "14:02", "14:04", "14:06", "now"]
            series: [{ values: root.wave(120, 38, 70, false), color: Theme.series(4), filled: true }]
        }
    }
    Card {
        x: 304; y: 456; width: 312; title: "Limits"
        aside: HButton { text: "Edit"; kind: HButton.Quiet; small: true }

        Column {
            width: parent.width; spacing: 12
            Meter { width: parent.width; value: 0.1 }
            Meter { width: parent.width; value: 0.83; tone: Theme.warning }
            Row {
                StatCell { label: "clients"; value: "1 048" }
                StatCell { label: "CPU"; value: "31 %" }
                StatCell { label: "memory"; value: "412 MB" }
            }
        }
    }
    HMenu {
        id: menu
        parent: root
        x: 640; y: 470; visible: true
        closePolicy: HMenu.NoAutoClose
        enter: null

        HMenuItem { text: "Show Hubbub"; iconName: "window" }
        HMenuSeparator {}
        HMenuItem { text: "release-0-9"; iconName: "hash"; count: 2; mention: true }
        HMenuItem { text: "ops-alerts"; iconName: "hash"; count: 12; highlighted: true }
        HMenuItem { text: "Settings"; iconName: "sliders"; hint: "Ctrl ," }
        HMenuItem { text: "Delete"; iconName: "trash"; risk: true }
    }
    Mark { x: 900; y: 470; size: 48 }
    Mark { x: 960; y: 470; size: 128 }
    Link { x: 900; y: 620; text: "Room not listed? Find out why" }
    HText { x: 900; y: 660; text: "0123456789 11:11:11 +1 −1"; font: Fonts.numControl }
    HText { x: 900; y: 680; text: "QD4T-8261 io.emit(“0”)"; font: Fonts.mono }
}
