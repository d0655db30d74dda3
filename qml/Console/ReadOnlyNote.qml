// SPDX-License-Identifier: MIT
// Says that this console only looks.
import QtQuick
import Hubbub.Ui

Rectangle {
    id: root

    objectName: "readOnlyNote"
    implicitHeight: Metrics.px(64)
    radius: Metrics.radiusCard
    color: "transparent"
    border.width: Metrics.hairline
    border.color: Theme.borderSubtle
    Accessible.role: Accessible.StaticText
    Accessible.name: title.text + ". " + words.text

    Icon {
        anchors.left: parent.left
        anchors.leftMargin: Metrics.px(10)
        y: Metrics.px(10)
        name: "lock"
        size: Metrics.iconSmall
        color: Theme.textSecondary
    }
    HText {
        id: title
        anchors.left: parent.left
        anchors.leftMargin: Metrics.px(34)
        y: Metrics.s8
        height: Metrics.textLine
        text: qsTr("Read-only")
        font: Fonts.labelStrong
        Accessible.ignored: true
    }
    HText {
        id: words
        anchors.left: parent.left
        anchors.leftMargin: Metrics.px(10)
        y: Metrics.px(35)
        width: parent.width - 2 * anchors.leftMargin
        height: Metrics.px(18)
        text: qsTr("No command can leave.")
        font: Fonts.caption
        color: Theme.textMuted
        Accessible.ignored: true
    }
}
