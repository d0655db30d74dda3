// SPDX-License-Identifier: MIT
// A word about a thing. Tag { text: qsTr("guest") } or Tag { kind: Tag.Success; text: qsTr("On time") }
import QtQuick
import Hubbub.Ui

Rectangle {
    id: root

    enum Kind { Neutral, Info, Success, Warning, Danger }

    property int kind: Tag.Neutral
    property string text
    property string iconName
    property bool mono: false

    readonly property color ink: [Theme.bannerQuietInk, Theme.bannerInfoInk, Theme.bannerSuccessInk,
        Theme.bannerWarningInk, Theme.bannerDangerInk][kind]

    implicitWidth: content.implicitWidth + 2 * Metrics.px(5)
    implicitHeight: Metrics.px(18)
    radius: Metrics.radiusTag
    color: [Theme.bannerQuiet, Theme.bannerInfo, Theme.bannerSuccess, Theme.bannerWarning, Theme.bannerDanger][kind]

    Row {
        id: content
        x: Math.round((parent.width - width) / 2)
        height: parent.height
        spacing: Metrics.s4

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            visible: root.iconName !== ""
            name: root.iconName
            size: Metrics.iconTiny
            color: root.ink
        }
        HText {
            height: parent.height
            text: root.text
            font: root.mono ? Fonts.monoSmall : Fonts.captionMedium
            color: root.ink
        }
    }
}
