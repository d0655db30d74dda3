// SPDX-License-Identifier: MIT
// Names and newest figures of a chart's lines. Legend { entries: [{ name: "out", value: "1 642", color: Theme.series(1) }] }
import QtQuick
import Hubbub.Ui

Row {
    id: root

    /// List of {name, value (may be ""), color}.
    property var entries: []

    spacing: Metrics.s12

    Repeater {
        model: root.entries

        Row {
            id: entry

            required property var modelData

            spacing: Metrics.px(5)

            Rectangle {
                anchors.verticalCenter: parent.verticalCenter
                width: Metrics.px(10)
                height: Metrics.s2
                radius: Metrics.hairline
                color: entry.modelData.color
            }
            HText {
                text: entry.modelData.name
                font: Fonts.small
                color: Theme.textSecondary
            }
            HText {
                visible: text !== ""
                text: entry.modelData.value ?? ""
                font: Fonts.numSmallStrong
            }
        }
    }
}
