// SPDX-License-Identifier: MIT
// What stands where nothing is: icon, title, one sentence, one button, one link.
// EmptyState { iconName: "hash"; slot: 3; title: qsTr("No rooms yet"); text: …; actionText: qsTr("Create a room") }
import QtQuick
import Hubbub.Ui

Column {
    id: root

    property string iconName
    property int slot: 5
    property string title
    property string text
    property string actionText
    property bool mainAction: true
    property string linkText

    signal actionTriggered()
    signal linkTriggered()

    width: Metrics.px(320)
    spacing: Metrics.s12
    Accessible.role: Accessible.Grouping
    Accessible.name: title

    IconTile {
        anchors.horizontalCenter: parent.horizontalCenter
        size: Metrics.s48
        iconName: root.iconName
        slot: root.slot
    }
    Column {
        width: parent.width

        HText {
            width: parent.width
            height: Metrics.px(22)
            text: root.title
            font: Fonts.bodyStrong
            horizontalAlignment: Text.AlignHCenter
            Accessible.role: Accessible.Heading
        }
        HText {
            width: parent.width
            text: root.text
            font: Fonts.small
            color: Theme.textSecondary
            horizontalAlignment: Text.AlignHCenter
            wrapMode: Text.Wrap
            topPadding: Metrics.s2
        }
    }
    HButton {
        anchors.horizontalCenter: parent.horizontalCenter
        visible: root.actionText !== ""
        kind: root.mainAction ? HButton.Main : HButton.Second
        text: root.actionText
        onClicked: root.actionTriggered()
    }
    Link {
        anchors.horizontalCenter: parent.horizontalCenter
        visible: root.linkText !== ""
        font: Fonts.small
        text: root.linkText
        onClicked: root.linkTriggered()
    }
}
