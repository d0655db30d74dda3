// SPDX-License-Identifier: MIT
// A room in the list: its tile, name and time, and below them who types, what waits, a draft or the last words.
import QtQuick
import Hubbub.App
import Hubbub.Ui

ListRow {
    id: root

    required property Room room
    required property string title
    required property string preview
    required property string time
    required property int unread
    required property int mentions
    required property int slot
    required property bool current
    required property string typingText
    required property int waiting

    /// While somebody looks for a room it is the one that Enter opens, not the one that is open.
    property bool marked: current

    readonly property bool drafted: !current && room.draft !== "" && typingText === "" && waiting === 0
    readonly property string line: typingText !== "" ? typingText
        : waiting > 0 ? qsTr("%n waiting to send", "", waiting)
        : drafted ? room.draft.replace(/\s+/g, " ") : preview

    objectName: "roomRow"
    selected: marked
    text: title + (unread > 0 ? ", " + qsTr("%n unread", "", unread) : "") + (line !== "" ? ", " + line : "")
        + (time !== "" ? ", " + time : "")

    Avatar {
        anchors.left: parent.left
        y: Metrics.s8
        room: true
        name: root.title
        slot: root.slot
        Accessible.ignored: true
    }
    HText {
        anchors.left: parent.left
        anchors.leftMargin: Metrics.px(46)
        y: Metrics.px(7)
        width: parent.width - anchors.leftMargin - clock.width - Metrics.s8
        height: Metrics.textLine
        text: root.title
        font: root.unread > 0 ? Fonts.bodyStrong : Fonts.bodyMedium
        Accessible.ignored: true
    }
    HText {
        id: clock
        anchors.right: parent.right
        y: Metrics.px(8)
        height: Metrics.textLine
        text: root.time
        font: Fonts.numSmall
        color: Theme.textMuted
        Accessible.ignored: true
    }
    HText {
        id: lead
        anchors.left: parent.left
        anchors.leftMargin: Metrics.px(46)
        y: Metrics.px(27)
        height: Metrics.px(18)
        visible: root.drafted
        text: qsTr("Draft:")
        font: Fonts.small
        color: Theme.danger
        Accessible.ignored: true
    }
    HText {
        anchors.left: parent.left
        anchors.leftMargin: lead.anchors.leftMargin + (lead.visible ? lead.width + Metrics.s4 : 0)
        y: lead.y
        width: parent.width - anchors.leftMargin - (badge.visible ? badge.width + Metrics.s8 : 0)
        height: lead.height
        text: root.line
        font: Fonts.small
        color: root.typingText !== "" ? Theme.link : Theme.textSecondary
        Accessible.ignored: true
    }
    Badge {
        id: badge
        anchors.right: parent.right
        y: Metrics.px(27)
        count: root.mentions > 0 ? root.mentions : root.unread
        mention: root.mentions > 0
        Accessible.ignored: true
    }
}
