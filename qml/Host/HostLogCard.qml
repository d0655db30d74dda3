// SPDX-License-Identifier: MIT
// What happened in the room, newest first.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Controls.Basic
import Hubbub.App as App
import Hubbub.Ui

Card {
    id: root

    title: qsTr("Log")

    ListView {
        id: list
        objectName: "hostLog"
        anchors.fill: parent
        clip: true
        spacing: Metrics.s16
        boundsBehavior: Flickable.StopAtBounds
        model: App.Host.log
        ScrollBar.vertical: HScrollBar {}
        Accessible.role: Accessible.List
        Accessible.name: root.title
        delegate: Item {
            id: row

            required property string time
            required property string icon
            required property string text
            required property string detail

            width: list.width
            height: words.height
            Accessible.role: Accessible.ListItem
            Accessible.name: row.time + ", " + row.text

            HText {
                id: clock
                anchors.left: parent.left
                width: Metrics.px(40)
                height: Metrics.px(18)
                text: row.time
                font: Fonts.numSmall
                color: Theme.textMuted
                Accessible.ignored: true
            }
            Icon {
                id: sign
                anchors.left: clock.right
                y: Metrics.px(1)
                name: row.icon
                size: Metrics.iconSmall
                color: row.icon.startsWith("alert") ? Theme.warning : Theme.textSecondary
            }
            Column {
                id: words
                anchors.left: sign.right
                anchors.leftMargin: Metrics.px(10)
                anchors.right: parent.right

                HText {
                    width: parent.width
                    text: row.text
                    font: Fonts.control
                    wrapMode: Text.WordWrap
                    Accessible.ignored: true
                }
                HText {
                    width: parent.width
                    visible: text !== ""
                    text: row.detail
                    font: Fonts.numCaption
                    color: Theme.textSecondary
                    Accessible.ignored: true
                }
            }
        }
    }
}
