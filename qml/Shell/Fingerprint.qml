// SPDX-License-Identifier: MIT
// A certificate's fingerprint in lines that two people can read to each other.
import QtQuick
import Hubbub.App as App
import Hubbub.Ui

Rectangle {
    id: root

    property string label
    property var lines: []

    implicitWidth: pairs.implicitWidth + 2 * Metrics.s12
    implicitHeight: head.height + pairs.implicitHeight + Metrics.s12
    radius: Metrics.radiusControl
    color: Theme.sunken
    border.width: Metrics.hairline
    border.color: Theme.borderSubtle
    Accessible.role: Accessible.StaticText
    Accessible.name: label + ": " + lines.join(", ")

    SectionLabel {
        id: head
        x: Metrics.s12
        width: parent.width - Metrics.s12 - Metrics.s4
        height: Metrics.px(24)
        text: root.label
        Accessible.ignored: true

        IconButton {
            size: Metrics.px(24)
            iconSize: Metrics.iconSmall
            iconName: "copy"
            text: qsTr("Copy the fingerprint")
            onClicked: App.Clipboard.copy(root.lines.join(" "))
        }
    }
    HText {
        id: pairs
        objectName: "fingerprintLines"
        anchors.top: head.bottom
        x: Metrics.s12
        width: parent.width - 2 * Metrics.s12
        text: root.lines.join("\n")
        font: Fonts.monoSmall
        wrapMode: Text.NoWrap
        Accessible.ignored: true
    }
}
