// SPDX-License-Identifier: MIT
// A question that must be answered. HDialog { title: …; buttons: [HButton {…}, HButton { kind: HButton.Main … }]; HText {…} }
// Children stand in a ColumnLayout. Give the safest button `focus: true`. Esc rejects.
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Hubbub.Ui

T.Dialog {
    id: root

    enum Kind { Plain, Info, Danger }

    property int kind: HDialog.Plain
    property string subtitle
    property string iconName
    /// From left to right, the main one last.
    property alias buttons: buttonRow.data
    /// Stands at the left of the buttons, for a Link.
    property alias aside: asideRow.data

    parent: T.Overlay.overlay
    anchors.centerIn: parent
    implicitWidth: Metrics.px(448)
    implicitHeight: topPadding + bottomPadding + implicitContentHeight
        + implicitHeaderHeight + implicitFooterHeight
    margins: Metrics.s16
    padding: Metrics.s24
    topPadding: 0
    modal: true
    focus: true
    closePolicy: T.Popup.CloseOnEscape
    onAboutToShow: {
        for (let i = 0; i < buttonRow.children.length; ++i) {
            const button = buttonRow.children[i] as HButton;
            if (button)
                button.answers = true;
        }
    }

    header: Item {
        implicitHeight: Math.max(tile.visible ? tile.height : 0, words.implicitHeight) + Metrics.s24 + Metrics.s16

        IconTile {
            id: tile
            anchors.left: parent.left
            anchors.leftMargin: Metrics.s24
            y: Metrics.s24
            visible: root.iconName !== ""
            iconName: root.iconName
            ink: root.kind === HDialog.Danger ? Theme.danger : root.kind === HDialog.Info ? Theme.accent : Theme.textSecondary
            tint: root.kind === HDialog.Danger ? Theme.bannerDanger : root.kind === HDialog.Info ? Theme.bannerInfo : Theme.hover
        }
        Column {
            id: words
            anchors.left: parent.left
            anchors.leftMargin: Metrics.s24 + (tile.visible ? tile.width + Metrics.s16 : 0)
            y: Metrics.s24
            width: parent.width - anchors.leftMargin - Metrics.s24

            HText {
                width: parent.width
                height: Metrics.px(22)
                text: root.title
                font: Fonts.subtitle
                Accessible.role: Accessible.Heading
            }
            HText {
                width: parent.width
                height: Metrics.px(18)
                visible: text !== ""
                text: root.subtitle
                font: Fonts.control
                color: Theme.textSecondary
            }
        }
    }

    contentItem: ColumnLayout {
        spacing: Metrics.s16
    }

    footer: Item {
        implicitHeight: Metrics.control + Metrics.s24
        visible: buttonRow.children.length > 0

        Row {
            id: asideRow
            anchors.left: parent.left
            anchors.leftMargin: Metrics.s24
            height: Metrics.control
        }
        Row {
            id: buttonRow
            anchors.right: parent.right
            anchors.rightMargin: Metrics.s24
            spacing: Metrics.s8
        }
    }

    background: PopupFrame {
        radius: Metrics.radiusDialog
        Accessible.role: Accessible.Dialog
        Accessible.name: root.title
    }
    T.Overlay.modal: Rectangle { color: Theme.scrim }
    enter: Transition {
        NumberAnimation { property: "opacity"; from: 0; to: 1; duration: Motion.normal; easing.type: Motion.easeEnter }
    }
    exit: Transition {
        NumberAnimation { property: "opacity"; from: 1; to: 0; duration: Motion.hover; easing.type: Motion.easeLeave }
    }
}
