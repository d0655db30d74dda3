// SPDX-License-Identifier: MIT
// A key or chord as a cap. Kbd { text: "Ctrl K" }
import QtQuick
import Hubbub.Ui

Rectangle {
    id: root

    property string text

    implicitWidth: words.implicitWidth + Metrics.s8 + Metrics.s4
    implicitHeight: Metrics.px(18)
    radius: Metrics.radiusTag
    color: Theme.hover
    border.width: Metrics.hairline
    border.color: Theme.borderSubtle

    HText {
        id: words
        anchors.centerIn: parent
        text: root.text
        font: Fonts.caption
        color: Theme.textSecondary
    }
}
