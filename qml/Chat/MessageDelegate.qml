// SPDX-License-Identifier: MIT
// One message: who and when above the first of a group, the words, and how far it has come at the right.
pragma ComponentBehavior: Bound
import QtQuick
import Hubbub.App
import Hubbub.Ui

Item {
    id: root

    required property string messageId
    required property string author
    required property string userId
    required property int slot
    required property string text
    required property string time
    required property string dateLabel
    required property bool showDate
    required property bool firstInGroup
    required property bool own
    required property string status
    required property string error
    required property bool unreadLine
    required property string accessibleText

    /// Left and right edge of the conversation.
    property int edge: Metrics.s16
    property bool current: false

    readonly property bool headed: firstInGroup || showDate || unreadLine
    readonly property bool hovered: pointer.hovered
    readonly property bool failed: status === "failed"
    readonly property int textX: edge + Metrics.s48
    readonly property var links: LinkedText.addresses(text)
    readonly property var glyphs: ({
        queued: StatusGlyph.Queued,
        sending: StatusGlyph.Sending,
        sent: StatusGlyph.Sent,
        failed: StatusGlyph.Failed
    })

    signal retryTriggered()
    /// `link`: the address under the pointer, if it asks for that one alone.
    signal menuRequested(link: string)

    objectName: "message"
    implicitHeight: lines.height
    Accessible.role: Accessible.ListItem
    Accessible.name: accessibleText
    Accessible.description: links.length === 0 ? "" : links.length === 1 ? qsTr("Has a link. The menu opens it.")
        : qsTr("Has %1 links. The menu opens them.").arg(links.length)
    Keys.onMenuPressed: root.menuRequested("")
    Keys.onPressed: (event) => {
        event.accepted = event.key === Qt.Key_F10 && (event.modifiers & Qt.ShiftModifier);
        if (event.accepted)
            root.menuRequested("");
    }

    HoverHandler { id: pointer }
    TapHandler {
        acceptedButtons: Qt.RightButton
        onTapped: root.menuRequested(words.hoveredLink)
    }

    Column {
        id: lines
        x: root.edge
        width: root.width - 2 * root.edge

        Item {
            width: parent.width
            height: Metrics.s12
            visible: root.showDate
        }
        DateChip {
            width: parent.width
            visible: root.showDate
            text: root.dateLabel
        }
        Item {
            width: parent.width
            height: Metrics.s12
            visible: root.unreadLine
        }
        NewLine {
            width: parent.width
            visible: root.unreadLine
        }
        Item {
            width: parent.width
            height: root.headed ? Metrics.s12 : Metrics.s2
        }
        Item {
            id: block
            width: parent.width
            height: (root.headed ? Metrics.textLine : 0) + Math.max(words.height, root.failed ? Metrics.controlSmall : 0)

            FocusRing {
                anchors.margins: -Metrics.s2
                shown: root.current
            }
            Avatar {
                anchors.left: parent.left
                y: Metrics.s2
                visible: root.headed
                name: root.author
                userId: root.userId
                slot: root.slot
                Accessible.ignored: true
            }
            HText {
                id: name
                anchors.left: parent.left
                anchors.leftMargin: Metrics.s48
                width: Math.min(implicitWidth, parent.width - anchors.leftMargin - when.implicitWidth - Metrics.s8)
                height: Metrics.textLine
                visible: root.headed
                text: root.own ? qsTr("You") : root.author
                font: Fonts.bodyStrong
                color: Theme.nameColor(root.slot)
                Accessible.ignored: true
            }
            HText {
                id: when
                anchors.left: parent.left
                anchors.leftMargin: root.headed ? name.anchors.leftMargin + name.width + Metrics.s8 : Metrics.px(36) - width
                y: root.headed ? Metrics.hairline : 0
                height: Metrics.textLine
                visible: root.headed || pointer.hovered
                text: root.time
                font: root.headed ? Fonts.numSmall : Fonts.numCaption
                color: Theme.textMuted
                Accessible.ignored: true
            }
            MessageWords {
                id: words
                anchors.left: parent.left
                anchors.leftMargin: Metrics.s48
                y: root.headed ? Metrics.textLine : 0
                width: Math.min(Metrics.textColumnMax, parent.width - anchors.leftMargin - Metrics.statusColumn - (note.count > 0 ? note.itemAt(0).width : 0))
                text: root.text
                links: root.links
            }
            Repeater {
                id: note
                model: root.failed ? 1 : 0

                FailedNote {
                    anchors.right: glyph.left
                    anchors.rightMargin: Metrics.s2
                    y: words.y - Metrics.s2
                    error: root.error
                    onRetryTriggered: root.retryTriggered()
                }
            }
            StatusGlyph {
                id: glyph
                anchors.right: parent.right
                anchors.rightMargin: -Metrics.s2
                y: words.y
                status: root.glyphs[root.status] ?? StatusGlyph.None
                Accessible.ignored: true
            }
        }
    }
}
