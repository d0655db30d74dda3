// SPDX-License-Identifier: MIT
// The connection chip: glyph, words and perhaps one action; one kind drives glyph, colour and what is spoken.
// Chip { kind: Chip.Waiting; text: qsTr("Reconnecting in %1 s").arg(n); actionText: qsTr("Retry now"); onActionTriggered: … }
import QtQuick
import Hubbub.Ui

Item {
    id: root

    enum Kind { Offline, Waiting, Connecting, Syncing, Online, Degraded, Refused, Untrusted }

    property int kind: Chip.Offline
    property string text
    property string actionText
    /// Online shrinks to its dot after 2 s and comes back under the pointer.
    property bool fades: true

    signal actionTriggered()

    readonly property bool collapsed: kind === Chip.Online && fades && !pointer.hovered && !fresh.running && !action.activeFocus

    implicitWidth: collapsed ? height : Math.ceil(content.implicitWidth) + Metrics.px(20)
    implicitHeight: Metrics.px(26)
    Accessible.role: Accessible.StaticText
    Accessible.name: text
    onKindChanged: {
        fresh.restart();
        fade.restart();
        voice.enter(kind);
    }
    Component.onCompleted: fresh.restart()
    Behavior on implicitWidth { NumberAnimation { duration: Motion.normal; easing.type: Motion.easeEnter } }

    ChipVoice {
        id: voice
        onSpeak: Ui.announce(root)
    }
    Timer {
        id: fresh
        interval: Motion.chipFade
    }
    HoverHandler { id: pointer }

    Rectangle {
        anchors.fill: parent
        radius: height / 2
        clip: true
        color: root.collapsed ? "transparent" : look.fill
        Behavior on color { ColorAnimation { duration: Motion.normal } }

        ChipLook {
            id: look
            kind: root.kind
        }
        Row {
            id: content
            anchors.left: parent.left
            anchors.leftMargin: root.collapsed ? Math.round((root.height - glyph.width) / 2) : Metrics.px(10)
            height: parent.height
            spacing: Metrics.px(6)

            ChipGlyph {
                id: glyph
                anchors.verticalCenter: parent.verticalCenter
                kind: root.kind
                color: look.glyph
            }
            HText {
                id: words
                height: parent.height
                visible: !root.collapsed
                text: root.text
                font: Fonts.numSmallMedium
                color: look.ink
                Accessible.ignored: true

                NumberAnimation on opacity { id: fade; from: 0; to: 1; duration: Motion.normal; running: false }
            }
            Rectangle {
                anchors.verticalCenter: parent.verticalCenter
                visible: action.visible
                width: Metrics.hairline
                height: Metrics.px(12)
                color: look.ink
                opacity: 0.35
            }
            ChipAction {
                id: action
                height: parent.height
                visible: root.actionText !== "" && !root.collapsed
                text: root.actionText
                ink: look.ink
                onClicked: root.actionTriggered()
            }
        }
    }
}
