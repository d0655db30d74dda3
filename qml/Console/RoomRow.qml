// SPDX-License-Identifier: MIT
// A room in the console's table, with a bar under the members that compares it with the largest.
import QtQuick
import Hubbub.Ui

Item {
    id: root

    required property string nsp
    required property string name
    required property int members
    required property real eventsOut

    property int edge: Metrics.s16
    property int nspX: 0
    property int membersRight: 0
    property int largest: 1
    property bool current: false

    objectName: "consoleRoom"
    implicitHeight: Metrics.row
    Accessible.role: Accessible.Row
    Accessible.name: qsTr("%1 in %2, %n member(s)", "", members).arg(name).arg(nsp)

    Hairline {
        anchors.bottom: parent.bottom
        x: root.edge
        width: parent.width - 2 * x
    }
    FocusRing {
        anchors.margins: 0
        shown: root.current
    }
    HText {
        anchors.left: parent.left
        anchors.leftMargin: root.edge
        width: root.nspX - anchors.leftMargin - Metrics.s12
        height: parent.height
        text: root.name
        font: Fonts.mono
        Accessible.ignored: true
    }
    HText {
        anchors.left: parent.left
        anchors.leftMargin: root.nspX
        width: root.membersRight - Metrics.px(72) - anchors.leftMargin
        height: parent.height
        text: root.nsp
        font: Fonts.monoSmall
        color: Theme.textSecondary
        Accessible.ignored: true
    }
    HText {
        anchors.right: parent.right
        anchors.rightMargin: parent.width - root.membersRight
        height: parent.height
        text: Ui.grouped(root.members)
        font: Fonts.numLabel
        Accessible.ignored: true
    }
    Rectangle {
        anchors.right: parent.right
        anchors.rightMargin: parent.width - root.membersRight
        y: parent.height - Metrics.s4
        width: Math.max(Metrics.s2, Math.round(Metrics.px(64) * root.members / Math.max(1, root.largest)))
        height: Metrics.s2
        color: Theme.series(0)
        opacity: 0.7
    }
    HText {
        anchors.right: parent.right
        anchors.rightMargin: root.edge
        height: parent.height
        text: root.eventsOut >= 10 || Number.isInteger(root.eventsOut) ? Ui.grouped(Math.round(root.eventsOut)) : root.eventsOut.toFixed(1)
        font: Fonts.numControl
        Accessible.ignored: true
    }
}
