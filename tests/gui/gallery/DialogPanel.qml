// SPDX-License-Identifier: MIT
// A dialog that is open in place.
import QtQuick
import QtQuick.Layouts
import Hubbub.Ui

HDialog {
    id: root

    property string code
    property string words
    property bool threat: false

    parent: null
    modal: false
    focus: false
    anchors.centerIn: undefined
    visible: true
    kind: threat ? HDialog.Danger : HDialog.Info
    iconName: threat ? "shield-alert" : "shield-check"
    aside: Link { visible: root.threat; text: "Forget the old key…"; danger: true; height: Metrics.control }

    HText {
        Layout.fillWidth: true
        text: root.words
        color: Theme.textSecondary
        wrapMode: Text.Wrap
    }
    Rectangle {
        Layout.fillWidth: true
        implicitHeight: 84
        radius: Metrics.radiusCard
        color: root.threat ? Theme.bannerDanger : Theme.window
        border.width: 1
        border.color: Theme.borderSubtle

        HText { anchors.centerIn: parent; text: root.code; font: Fonts.monoDisplay }
    }
}
