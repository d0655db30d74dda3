// SPDX-License-Identifier: MIT
// The way in: who you are, and the doors there are.
import QtQuick
import QtQuick.Controls.Basic
import Hubbub.App as App
import Hubbub.Ui
import Hubbub.Shell

Flickable {
    id: root

    property bool narrow: false
    readonly property int margin: narrow ? Metrics.s12 : Metrics.s24
    readonly property int blockWidth: Math.min(width - 2 * margin, narrow ? width : Metrics.px(720))

    signal entered()
    signal hostWanted()

    objectName: "connectPage"
    contentWidth: width
    contentHeight: block.height + 2 * margin
    boundsBehavior: Flickable.StopAtBounds
    clip: true
    ScrollBar.vertical: HScrollBar {}
    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Welcome to Hubbub")

    Column {
        id: block
        x: Math.round((root.width - width) / 2)
        y: Math.max(root.margin, Math.round((root.height - height) / 2))
        width: root.blockWidth
        spacing: root.narrow ? Metrics.s16 : Metrics.s48

        Flow {
            width: parent.width
            spacing: Metrics.s16

            Row {
                width: root.narrow ? parent.width : parent.width - identity.width - parent.spacing
                spacing: Metrics.s16

                Mark {
                    id: mark
                    size: Metrics.px(48)
                }
                Column {
                    width: parent.width - mark.width - parent.spacing
                    spacing: Metrics.s2

                    HText {
                        width: parent.width
                        text: qsTr("Welcome to Hubbub")
                        font: Fonts.display
                        fontSizeMode: Text.HorizontalFit
                        minimumPixelSize: Metrics.px(20)
                        Accessible.role: Accessible.Heading
                    }
                    HText {
                        width: parent.width
                        text: qsTr("Pick a way in. You can add more later.")
                        color: Theme.textSecondary
                        wrapMode: Text.WordWrap
                    }
                }
            }
            IdentityHeader {
                id: identity
                narrow: root.narrow
            }
        }
        Banner {
            width: parent.width
            visible: App.Settings.storageError !== ""
            kind: Banner.Warning
            text: App.Settings.storageError
        }
        Flow {
            width: parent.width
            spacing: Metrics.s16

            ConnectCard {
                width: root.narrow ? parent.width : (parent.width - parent.spacing) / 2
                compact: root.narrow
                onEntered: root.entered()
            }
            HostCard {
                width: root.narrow ? parent.width : (parent.width - parent.spacing) / 2
                compact: root.narrow
                onHostWanted: root.hostWanted()
            }
        }
        Row {
            width: parent.width
            spacing: Metrics.s8

            Icon {
                anchors.verticalCenter: parent.verticalCenter
                name: "info"
                size: Metrics.iconSmall
                color: Theme.textMuted
            }
            HText {
                width: parent.width - (back.visible ? back.width : 0) - Metrics.s32
                text: qsTr("No account is needed for this network. Your name stays on this computer.")
                font: Fonts.small
                color: Theme.textSecondary
                wrapMode: Text.WordWrap
            }
            Link {
                id: back
                objectName: "backToChat"
                visible: App.Servers.count > 0
                text: qsTr("Back to chat")
                onClicked: root.entered()
            }
        }
    }
}
