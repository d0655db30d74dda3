// SPDX-License-Identifier: MIT
// How far a message has come. All states take the same room, so a row never moves.
// StatusGlyph { status: StatusGlyph.Sent }
import QtQuick
import Hubbub.Ui

Item {
    id: root

    enum Status { None, Queued, Sending, Sent, Delivered, Read, Failed }

    property int status: StatusGlyph.None

    readonly property string words: ["", qsTr("Queued, kept on disk"), qsTr("Sending"), qsTr("Sent"),
        qsTr("Delivered"), qsTr("Read"), qsTr("Not sent")][status]

    implicitWidth: Metrics.px(22)
    implicitHeight: Metrics.textLine
    Accessible.role: Accessible.StaticText
    Accessible.name: words
    Accessible.ignored: status === StatusGlyph.None

    Rectangle {
        anchors.centerIn: parent
        visible: root.status === StatusGlyph.Read
        width: Metrics.px(18)
        height: Metrics.px(14)
        radius: height / 2
        color: Theme.accent
    }
    Icon {
        anchors.centerIn: parent
        name: ["", "clock", "arrow-up", "check", "check-double", "check-double", "alert-circle"][root.status]
        size: root.status === StatusGlyph.Read ? Metrics.iconTiny : Metrics.iconSmall
        color: root.status === StatusGlyph.Read ? Theme.accentInk
            : root.status === StatusGlyph.Failed ? Theme.danger : Theme.textMuted
    }
    HoverHandler { id: pointer }
    HToolTip {
        visible: pointer.hovered && root.words !== ""
        text: root.words
    }
}
