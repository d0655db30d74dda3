// SPDX-License-Identifier: MIT
// A lasting condition under the header: glyph, sentence, one action, perhaps a close button.
// Banner { kind: Banner.Danger; text: qsTr("Your sign-in ran out."); actionText: qsTr("Sign in"); closable: true }
import QtQuick
import Hubbub.Ui

Rectangle {
    id: root

    enum Kind { Quiet, Info, Success, Warning, Danger }

    property int kind: Banner.Info
    /// Strong words before the sentence.
    property string title
    property string text
    property string actionText
    property string secondText
    property bool closable: false
    /// More than one of the same: shown as "2 more".
    property int more: 0

    signal actionTriggered()
    signal secondTriggered()
    signal closed()

    readonly property color ink: [Theme.bannerQuietInk, Theme.bannerInfoInk, Theme.bannerSuccessInk,
        Theme.bannerWarningInk, Theme.bannerDangerInk][kind]

    implicitWidth: Metrics.px(480)
    implicitHeight: Math.max(Metrics.px(40), words.implicitHeight + Metrics.px(20))
    radius: Metrics.radiusCard
    color: [Theme.bannerQuiet, Theme.bannerInfo, Theme.bannerSuccess, Theme.bannerWarning, Theme.bannerDanger][kind]
    Accessible.role: Accessible.AlertMessage
    Accessible.name: title === "" ? text : title + " " + text

    Icon {
        id: glyph
        anchors.left: parent.left
        anchors.leftMargin: Metrics.px(13)
        y: Math.round((Metrics.px(40) - height) / 2)
        name: ["clock", "info", "check", "alert-triangle", "alert-octagon"][root.kind]
        size: Metrics.iconSmall
        color: root.ink
    }
    HText {
        id: strong
        anchors.left: glyph.right
        anchors.leftMargin: text === "" ? 0 : Metrics.px(11)
        height: Metrics.px(40)
        text: root.title
        font: Fonts.labelStrong
        color: root.ink
        Accessible.ignored: true
    }
    HText {
        id: words
        anchors.left: strong.right
        anchors.leftMargin: Metrics.px(root.title === "" ? 11 : 8)
        anchors.right: side.left
        anchors.rightMargin: Metrics.s12
        height: parent.height
        text: root.text
        font: Fonts.control
        color: root.ink
        wrapMode: Text.Wrap
        Accessible.ignored: true
    }
    Row {
        id: side
        anchors.right: parent.right
        anchors.rightMargin: root.closable ? Metrics.px(6) : Metrics.px(2)
        y: Math.round((Metrics.px(40) - height) / 2)

        HText {
            anchors.verticalCenter: parent.verticalCenter
            visible: root.more > 0
            rightPadding: Metrics.s8
            text: qsTr("%1 more").arg(root.more)
            font: Fonts.small
            color: root.ink
        }
        BannerButton {
            visible: root.secondText !== ""
            text: root.secondText
            ink: root.ink
            onClicked: root.secondTriggered()
        }
        BannerButton {
            visible: root.actionText !== ""
            text: root.actionText
            ink: root.ink
            onClicked: root.actionTriggered()
        }
        IconButton {
            anchors.verticalCenter: parent.verticalCenter
            visible: root.closable
            size: Metrics.controlSmall
            iconSize: Metrics.iconSmall
            iconName: "close"
            tint: root.ink
            text: qsTr("Close")
            onClicked: root.closed()
        }
    }
}
