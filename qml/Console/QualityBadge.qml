// SPDX-License-Identifier: MIT
// Whether the figures are whole, with the count that proves it. Apart from the chip, which tells of the link.
import QtQuick
import Hubbub.Ui

Rectangle {
    id: root

    property string quality
    property string proof

    readonly property bool whole: quality === "Complete"

    objectName: "qualityBadge"
    visible: quality !== ""
    implicitWidth: content.implicitWidth + 2 * Metrics.px(10)
    implicitHeight: Metrics.px(26)
    radius: height / 2
    color: "transparent"
    border.width: Metrics.hairline
    border.color: Theme.borderSubtle
    Accessible.role: Accessible.StaticText
    Accessible.name: qsTr("Figures: %1, %2").arg(words.text).arg(proof)

    Row {
        id: content
        anchors.horizontalCenter: parent.horizontalCenter
        height: parent.height
        spacing: Metrics.s4 + Metrics.s2

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            name: root.whole ? "shield-check" : "alert-triangle"
            size: Metrics.px(14)
            color: root.whole ? Theme.success : Theme.warning
        }
        HText {
            id: words
            height: parent.height
            text: root.quality === "Complete" ? qsTr("Complete") : root.quality === "Drift" ? qsTr("Drift") : root.quality
            font: Fonts.smallMedium
            Accessible.ignored: true
        }
        HText {
            height: parent.height
            text: root.proof
            font: Fonts.numSmall
            color: Theme.textSecondary
            Accessible.ignored: true
        }
    }
}
