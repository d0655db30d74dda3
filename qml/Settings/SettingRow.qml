// SPDX-License-Identifier: MIT
// One setting: what it is on the left, its control on the right, or below where there is no width.
import QtQuick
import Hubbub.Ui

Item {
    id: root

    property string text
    property string explanation
    property bool stacked: false
    default property alias control: control.data

    implicitHeight: stacked ? words.height + Metrics.s8 + control.height
        : Math.max(words.height, control.height)

    Column {
        id: words
        anchors.left: parent.left
        anchors.verticalCenter: root.stacked ? undefined : parent.verticalCenter
        width: root.stacked ? parent.width : parent.width - control.width - Metrics.s24
        spacing: Metrics.s2

        HText {
            width: parent.width
            text: root.text
            font: Fonts.bodyMedium
            wrapMode: Text.WordWrap
        }
        HText {
            width: parent.width
            visible: text !== ""
            text: root.explanation
            font: Fonts.small
            color: Theme.textSecondary
            wrapMode: Text.WordWrap
        }
    }
    Item {
        id: control
        anchors.left: root.stacked ? parent.left : undefined
        anchors.right: root.stacked ? undefined : parent.right
        y: root.stacked ? words.height + Metrics.s8 : Math.round((parent.height - height) / 2)
        width: childrenRect.width
        height: childrenRect.height
    }
}
