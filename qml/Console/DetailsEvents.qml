// SPDX-License-Identifier: MIT
// What a connection sent and got last, newest first.
pragma ComponentBehavior: Bound
import QtQuick
import Hubbub.App
import Hubbub.Ui

Column {
    id: root

    required property ConnectionDetails details

    readonly property var glyphs: ({
        in: "arrow-up-right",
        out: "arrow-down-right",
        join: "plus",
        leave: "minus",
        connected: "link"
    })

    HText {
        height: Metrics.textLine
        text: qsTr("Last events")
        font: Fonts.labelStrong
        Accessible.role: Accessible.Heading
    }
    HText {
        height: Metrics.px(26)
        visible: rows.count === 0
        text: qsTr("Nothing since this console looks.")
        font: Fonts.small
        color: Theme.textSecondary
    }
    Repeater {
        id: rows
        model: root.details.lastEvents

        Item {
            id: row

            required property string time
            required property string direction
            required property string name
            required property string sizeText

            width: root.width
            height: Metrics.px(26)
            Accessible.role: Accessible.ListItem
            Accessible.name: qsTr("%1, %2 %3, %4").arg(time).arg(direction).arg(name).arg(sizeText)

            HText {
                id: when
                anchors.left: parent.left
                height: parent.height
                text: row.time
                font: Fonts.make(Fonts.monoFamily, 11, Font.Normal)
                color: Theme.textSecondary
                Accessible.ignored: true
            }
            Icon {
                id: arrow
                anchors.verticalCenter: parent.verticalCenter
                anchors.left: when.right
                anchors.leftMargin: Metrics.s12
                name: root.glyphs[row.direction] ?? "info"
                size: Metrics.px(14)
                color: row.direction === "in" ? Theme.series(0) : row.direction === "out" ? Theme.series(1) : Theme.textSecondary
            }
            HText {
                anchors.left: arrow.right
                anchors.leftMargin: Metrics.px(6)
                anchors.right: size.left
                anchors.rightMargin: Metrics.s8
                height: parent.height
                text: row.name
                font: Fonts.monoSmall
                Accessible.ignored: true
            }
            HText {
                id: size
                anchors.right: parent.right
                height: parent.height
                text: row.sizeText
                font: Fonts.make(Fonts.numFamily, 11, Font.Normal)
                color: Theme.textSecondary
                Accessible.ignored: true
            }
        }
    }
}
