// SPDX-License-Identifier: MIT
// Name, look and habits; changes apply at once.
import QtQuick
import QtQuick.Controls.Basic
import Hubbub.App as App
import Hubbub.Ui
import Hubbub.Settings

Rectangle {
    id: root

    property bool narrow: false
    readonly property int margin: narrow ? Metrics.s12 : Metrics.s24

    objectName: "settingsPage"
    color: Theme.window
    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Settings")

    HeaderBar {
        id: head
        width: parent.width
        edge: root.margin
        title: qsTr("Settings")
    }
    Flickable {
        anchors.top: head.bottom
        anchors.bottom: parent.bottom
        width: parent.width
        contentWidth: width
        contentHeight: cards.height + 2 * root.margin
        boundsBehavior: Flickable.StopAtBounds
        clip: true
        ScrollBar.vertical: HScrollBar {}

        Column {
            id: cards
            x: Math.max(root.margin, Math.round((parent.width - width) / 2))
            y: root.margin
            width: Math.min(parent.width - 2 * root.margin, Metrics.textColumnMax)
            spacing: Metrics.s16

            Banner {
                width: parent.width
                visible: App.Settings.storageError !== ""
                kind: Banner.Warning
                text: App.Settings.storageError
            }
            Card {
                width: parent.width
                title: qsTr("Account")

                SettingRow {
                    width: parent.width
                    stacked: root.narrow
                    text: qsTr("Name")
                    explanation: qsTr("How others see you. Used from the next connection on.")

                    HTextField {
                        objectName: "settingsName"
                        width: Metrics.px(240)
                        maximumLength: 40
                        text: App.Settings.name
                        placeholderText: qsTr("Your name")
                        Accessible.name: qsTr("Name")
                        onEditingFinished: {
                            if (text.trim() !== "")
                                App.Settings.name = text.trim();
                            else
                                text = App.Settings.name;
                        }
                    }
                }
            }
            ServersCard {
                width: parent.width
                visible: App.Servers.count > 0
            }
            Card {
                width: parent.width
                title: qsTr("Appearance")

                Column {
                    width: parent.width
                    spacing: Metrics.s24

                    SettingRow {
                        width: parent.width
                        stacked: root.narrow
                        text: qsTr("Theme")
                        explanation: qsTr("System follows the desktop and changes with it.")

                        Segmented {
                            id: theme
                            objectName: "themeChoice"
                            width: Metrics.px(240)
                            label: qsTr("Theme")
                            options: [qsTr("System"), qsTr("Light"), qsTr("Dark")]
                            currentIndex: App.Settings.theme
                            onActivated: index => App.Settings.theme = index
                        }
                    }
                    SettingRow {
                        width: parent.width
                        stacked: root.narrow
                        text: qsTr("Text size")
                        explanation: qsTr("%1 %. Ctrl + and Ctrl − change it anywhere.").arg(Math.round(App.Settings.textScale * 100))

                        Segmented {
                            id: sizes
                            readonly property var steps: [0.9, 1, 1.25, 1.5, 2]

                            objectName: "textSizeChoice"
                            width: Metrics.px(240)
                            label: qsTr("Text size")
                            options: steps.map(step => Math.round(step * 100).toString())
                            currentIndex: steps.findIndex(step => Math.abs(step - App.Settings.textScale) < 0.01)
                            onActivated: index => App.Settings.textScale = steps[index]
                        }
                    }
                    SettingRow {
                        width: parent.width
                        text: qsTr("Reduce motion")
                        explanation: qsTr("Nothing slides or fades.")

                        HSwitch {
                            objectName: "reducedMotion"
                            checked: App.Settings.reducedMotion
                            Accessible.name: qsTr("Reduce motion")
                            onToggled: App.Settings.reducedMotion = checked
                        }
                    }
                }
            }
            Card {
                width: parent.width
                title: qsTr("Window")

                SettingRow {
                    width: parent.width
                    text: qsTr("Keep running in the tray")
                    explanation: App.Window.trayAvailable ? qsTr("Closing the window hides it; the tray brings it back.")
                        : qsTr("This desktop shows no tray, so closing the window ends Hubbub.")

                    HSwitch {
                        objectName: "closeToTray"
                        enabled: App.Window.trayAvailable
                        checked: App.Settings.closeToTray
                        Accessible.name: qsTr("Keep running in the tray")
                        onToggled: App.Settings.closeToTray = checked
                    }
                }
            }
            Card {
                width: parent.width
                title: qsTr("About")

                Column {
                    width: parent.width
                    spacing: Metrics.s4

                    HText {
                        text: qsTr("Hubbub %1").arg(App.About.version)
                        font: Fonts.bodyMedium
                    }
                    HText {
                        text: qsTr("Qt %1 · MIT licence").arg(App.About.qtVersion)
                        font: Fonts.small
                        color: Theme.textSecondary
                    }
                    HText {
                        width: parent.width
                        text: qsTr("Profile: %1").arg(App.Settings.profileDir)
                        font: Fonts.small
                        color: Theme.textSecondary
                        elide: Text.ElideMiddle
                    }
                }
            }
        }
    }
}
