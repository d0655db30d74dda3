// SPDX-License-Identifier: MIT
// A count: round and accent for unread, a red rounded square for mentions, hollow where the room is muted.
// Badge { count: room.unread; mention: room.mentions > 0; muted: room.muted }
import QtQuick
import Hubbub.Ui

Rectangle {
    id: root

    property int count: 0
    property bool mention: false
    property bool muted: false

    implicitWidth: Math.max(implicitHeight, words.implicitWidth + (mention ? Metrics.px(11) : Metrics.px(13)))
    implicitHeight: Metrics.px(18)
    visible: count > 0
    radius: mention ? Metrics.radiusTag : height / 2
    color: muted && !mention ? "transparent" : mention ? Theme.mention : Theme.badge
    border.width: muted && !mention ? Metrics.hairline : 0
    border.color: Theme.textMuted
    Accessible.role: Accessible.StaticText
    Accessible.name: mention ? qsTr("%n mention(s)", "", count) : qsTr("%n unread", "", count)
    Accessible.ignored: count <= 0

    HText {
        id: words
        anchors.centerIn: parent
        text: root.count > 99 ? "99+" : root.count
        font: Fonts.numCaptionStrong
        color: root.mention ? Theme.mentionInk : root.muted ? Theme.textMuted : Theme.badgeInk
        Accessible.ignored: true
    }
}
