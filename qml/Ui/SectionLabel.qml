// SPDX-License-Identifier: MIT
// The small heading above a list, with a count and room for a button at the right.
// SectionLabel { text: qsTr("Online"); count: "5"; IconButton { … } }
import QtQuick
import Hubbub.Ui

Item {
    id: root

    property string text
    property string count
    default property alias actions: side.data

    implicitWidth: words.implicitWidth + figure.implicitWidth + side.implicitWidth + Metrics.s16
    implicitHeight: Metrics.px(28)
    Accessible.role: Accessible.Heading
    Accessible.name: count === "" ? text : text + " " + count

    HText {
        id: words
        anchors.left: parent.left
        height: parent.height
        text: root.text
        font: Fonts.captionStrong
        color: Theme.textMuted
        Accessible.ignored: true
    }
    HText {
        id: figure
        anchors.left: words.right
        anchors.leftMargin: Metrics.s8 - Metrics.hairline
        height: parent.height
        text: root.count
        font: Fonts.numSmall
        color: Theme.textMuted
        Accessible.ignored: true
    }
    Row {
        id: side
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        spacing: Metrics.s4
    }
}
