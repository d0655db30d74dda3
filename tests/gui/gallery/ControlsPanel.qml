// SPDX-License-Identifier: MIT
// Buttons and fields in their states.
pragma ComponentBehavior: Bound
import QtQuick
import Hubbub.Ui

Item {
    id: root

    Repeater {
        model: [
            { name: "Main", kind: HButton.Main, text: "Send" }, { name: "Second", kind: HButton.Second, text: "Copy" },
            { name: "Risk", kind: HButton.Risk, text: "Ban" }, { name: "Quiet", kind: HButton.Quiet, text: "More" }
        ]

        Item {
            id: line

            required property int index
            required property var modelData

            y: 17 + index * 42

            HText { y: 7; text: line.modelData.name; font: Fonts.small; color: Theme.textSecondary }
            HButton { x: 76; width: 68; kind: line.modelData.kind; text: line.modelData.text }
            HButton {
                x: 236; width: 68; kind: line.modelData.kind; text: line.modelData.text
                FocusRing { shown: true }
            }
            HButton { x: 316; width: 68; kind: line.modelData.kind; text: line.modelData.text; enabled: false }
        }
    }
    Hairline { y: 188; width: parent.width }
    HTextField { y: 200; width: 186; text: "Lena’s room" }
    HTextField { y: 200; x: 198; width: 186; text: "Lena’s room"; focus: true }
    HTextField { y: 240; width: 186; placeholderText: "Room name" }
    HTextField { y: 240; x: 198; width: 186; text: "Not allowed here"; enabled: false }
    HTextField { y: 280; width: 186; text: "408 29"; error: true }
    HText { y: 289; x: 198; text: "Six digits, please. 3 tries left."; font: Fonts.small; color: Theme.danger }
}
