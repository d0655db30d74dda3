// SPDX-License-Identifier: MIT
// How to get in: a code for a phone's camera, and the address in words.
pragma ComponentBehavior: Bound
import QtQuick
import Hubbub.App as App
import Hubbub.Ui

Card {
    id: root

    readonly property bool local: App.Host.url.includes("//127.") || App.Host.url.includes("//[::1]")

    implicitHeight: content.implicitHeight + topPadding + bottomPadding
    Accessible.name: qsTr("Address")

    Column {
        id: content
        width: parent.width
        spacing: Metrics.s16

        Rectangle {
            anchors.horizontalCenter: parent.horizontalCenter
            width: Math.min(parent.width, Metrics.px(328))
            height: width
            radius: Metrics.radiusCard
            color: "white" // in both themes: scanners want black on white
            border.width: Metrics.hairline
            border.color: Theme.borderSubtle

            QrCode {
                objectName: "qrCode"
                anchors.fill: parent
                anchors.margins: Metrics.hairline
                text: App.Host.url
                Accessible.role: Accessible.Graphic
                Accessible.name: qsTr("QR code of %1").arg(App.Host.url)
            }
        }
        HText {
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            text: qsTr("Scan with a phone’s camera, nothing to install")
            font: Fonts.control
            color: Theme.textSecondary
            wrapMode: Text.WordWrap
        }
        Hairline { width: parent.width }
        Column {
            width: parent.width
            spacing: Metrics.s4

            HText {
                text: qsTr("Address")
                font: Fonts.smallStrong
                color: Theme.textSecondary
            }
            Item {
                width: parent.width
                height: Metrics.control

                HText {
                    objectName: "hostAddress"
                    anchors.left: parent.left
                    width: parent.width - copy.width - Metrics.s8
                    height: parent.height
                    text: App.Host.url.replace(/^https?:\/\//, "")
                    font: Fonts.monoLarge
                    fontSizeMode: Text.HorizontalFit
                    minimumPixelSize: Metrics.px(13)
                }
                HButton {
                    id: copy
                    objectName: "copyAddress"
                    anchors.right: parent.right
                    iconName: copied.running ? "check" : "copy"
                    text: copied.running ? qsTr("Copied") : qsTr("Copy link")
                    onClicked: {
                        App.Host.copyAddress();
                        copied.restart();
                    }
                    Timer {
                        id: copied
                        interval: Motion.chipFade
                    }
                }
            }
        }
        Column {
            width: parent.width
            visible: App.Host.addresses.length > 1
            spacing: Metrics.s4

            HText {
                text: qsTr("Also at")
                font: Fonts.smallStrong
                color: Theme.textSecondary
            }
            Repeater {
                model: App.Host.addresses
                HText {
                    required property string modelData
                    required property int index
                    visible: index > 0 && index < 5 // the first stands above
                    width: parent.width
                    text: modelData.replace(/^https?:\/\//, "")
                    font: Fonts.mono
                    color: Theme.textSecondary
                }
            }
        }
        Hairline { width: parent.width }
        Repeater {
            model: [
                { icon: root.local ? "monitor" : "wifi", text: root.local ? qsTr("Only this computer reaches this address.")
                    : qsTr("Their device must be on the same network as this computer.") },
                { icon: "info", text: qsTr("Not encrypted: use it on a network you trust.") }
            ]

            Row {
                id: note

                required property var modelData

                width: content.width
                spacing: Metrics.s8

                Icon {
                    y: Metrics.hairline
                    name: note.modelData.icon
                    size: Metrics.iconSmall
                    color: Theme.textMuted
                }
                HText {
                    width: parent.width - Metrics.s24
                    text: note.modelData.text
                    font: Fonts.small
                    color: Theme.textSecondary
                    wrapMode: Text.WordWrap
                }
            }
        }
    }
}
