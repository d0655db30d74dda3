// SPDX-License-Identifier: MIT
// A caption over a strong figure. StatCell { label: qsTr("RTT p50"); value: "41 ms" }
import QtQuick
import Hubbub.Ui

Column {
    id: root

    property string label
    property string value
    property color tone: Theme.text

    width: Metrics.px(88)
    Accessible.role: Accessible.StaticText
    Accessible.name: qsTr("%1: %2").arg(label).arg(value)

    HText {
        width: parent.width
        height: Metrics.px(16)
        text: root.label
        font: Fonts.caption
        color: Theme.textSecondary
        Accessible.ignored: true
    }
    HText {
        width: parent.width
        height: Metrics.px(18)
        text: root.value
        font: Fonts.numLabel
        color: root.tone
        Accessible.ignored: true
    }
}
