// SPDX-License-Identifier: MIT
// The strip above the composer: who is typing, or that messages wait. Always there, so nothing ever moves.
pragma ComponentBehavior: Bound
import QtQuick
import Hubbub.App
import Hubbub.Ui

Item {
    id: root

    property Room room: null

    readonly property string text: room?.statusLine ?? ""
    readonly property bool typing: text !== "" && text === (room?.typingText ?? "")
    readonly property var strengths: [1, 0.65, 0.35]
    property int step: 0

    objectName: "typingLine"
    implicitHeight: Metrics.strip
    Accessible.role: Accessible.StaticText
    Accessible.name: text
    Accessible.ignored: text === ""

    Timer {
        running: root.typing && root.visible && !Motion.reduced
        interval: Motion.ringStep
        repeat: true
        onTriggered: root.step = (root.step + 1) % 3
    }
    Row {
        id: dots
        anchors.left: parent.left
        anchors.verticalCenter: parent.verticalCenter
        visible: root.typing
        spacing: Metrics.s2

        Repeater {
            model: 3

            Rectangle {
                required property int index

                width: Metrics.px(6)
                height: width
                radius: width / 2
                color: Theme.textSecondary
                opacity: root.strengths[(index + 3 - root.step) % 3]
            }
        }
    }
    HText {
        anchors.left: parent.left
        anchors.leftMargin: dots.visible ? dots.width + Metrics.px(7) : 0
        anchors.right: parent.right
        height: parent.height
        text: root.text
        font: Fonts.small
        color: Theme.textSecondary
        Accessible.ignored: true
    }
}
