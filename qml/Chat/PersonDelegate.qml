// SPDX-License-Identifier: MIT
// Somebody in the room: shape and colour of the mark tell how present.
import QtQuick
import Hubbub.Ui

Item {
    id: root

    required property string userId
    required property string name
    required property int slot
    required property string presence
    required property string subtitle
    required property bool guest

    readonly property var presences: ({
        online: PresenceMark.Online,
        away: PresenceMark.Away,
        busy: PresenceMark.Busy,
        offline: PresenceMark.Offline
    })

    objectName: "person"
    implicitHeight: Metrics.personRow
    Accessible.role: Accessible.ListItem
    Accessible.name: disc.Accessible.name + (guest ? ", " + mark.text : "") + (subtitle === "" ? "" : ", " + subtitle)

    Avatar {
        id: disc
        anchors.left: parent.left
        anchors.leftMargin: Metrics.s16
        anchors.verticalCenter: parent.verticalCenter
        size: Metrics.s32
        name: root.name
        userId: root.userId
        slot: root.slot
        presence: root.presences[root.presence] ?? PresenceMark.None
    }
    HText {
        id: who
        anchors.left: disc.right
        anchors.leftMargin: Metrics.s12
        anchors.right: mark.visible ? mark.left : parent.right
        anchors.rightMargin: mark.visible ? Metrics.s8 : Metrics.s16
        y: more.visible ? Metrics.s2 : 0
        height: more.visible ? Metrics.textLine : parent.height
        text: root.name
        font: Fonts.bodyMedium
        color: root.presence === "offline" ? Theme.textSecondary : Theme.text
        Accessible.ignored: true
    }
    Tag {
        id: mark
        anchors.right: parent.right
        anchors.rightMargin: Metrics.s16
        anchors.verticalCenter: parent.verticalCenter
        visible: root.guest
        text: qsTr("guest")
    }
    HText {
        id: more
        anchors.left: who.left
        anchors.right: who.right
        y: Metrics.px(20)
        height: Metrics.px(18)
        visible: text !== ""
        text: root.subtitle
        font: Fonts.small
        color: Theme.textSecondary
        Accessible.ignored: true
    }
}
