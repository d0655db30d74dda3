// SPDX-License-Identifier: MIT
// The window: rail and page side by side, or one above the other where there is no width for both.
import QtQuick
import QtQuick.Controls.Basic
import Hubbub.App as App
import Hubbub.Ui
import Hubbub.Shell

ApplicationWindow {
    id: root

    readonly property bool narrow: width < Metrics.narrow

    objectName: "mainWindow"
    width: 1280
    height: 800
    minimumWidth: 420
    minimumHeight: 480
    title: App.Host.state === App.Host.Running ? qsTr("Hubbub – hosting %1").arg(App.Host.roomName) : qsTr("Hubbub")
    color: Theme.window
    font: Fonts.body
    palette.window: Theme.window
    palette.windowText: Theme.text
    palette.base: Theme.surface
    palette.text: Theme.text
    palette.highlight: Theme.accent
    palette.highlightedText: Theme.accentInk
    palette.placeholderText: Theme.textMuted
    LayoutMirroring.enabled: Application.layoutDirection === Qt.RightToLeft
    LayoutMirroring.childrenInherit: true

    Binding { target: ThemeController; property: "mode"; value: App.Settings.theme }
    Binding { target: ThemeController; property: "textScale"; value: App.Settings.textScale }
    Binding { target: ThemeController; property: "reducedMotion"; value: App.Settings.reducedMotion }

    Navigation {
        id: navigation
        wanted: App.Window.requestedPage !== "" ? App.Window.requestedPage : session !== null ? "chat" : "connect"
    }
    Connections {
        target: App.Window
        function onPageRequested(page: string): void {
            navigation.go(page);
        }
    }

    Shortcut { sequences: ["Ctrl+,"]; onActivated: navigation.go("settings") }
    Shortcut { sequences: ["Ctrl+D"]; onActivated: navigation.go("console") }
    Shortcut { sequences: ["Ctrl+Shift+H"]; onActivated: navigation.go("host") }
    Shortcut { sequences: ["Ctrl+R"]; enabled: navigation.session !== null; onActivated: navigation.session.link.goOnline() }
    Shortcut { sequence: "Ctrl+Q"; onActivated: App.Window.requestQuit() }
    Shortcut { sequences: ["Ctrl++", "Ctrl+="]; onActivated: App.Settings.textScale = Math.min(2, App.Settings.textScale + 0.1) }
    Shortcut { sequences: ["Ctrl+-"]; onActivated: App.Settings.textScale = Math.max(0.8, App.Settings.textScale - 0.1) }
    Shortcut { sequences: ["Ctrl+0"]; onActivated: App.Settings.textScale = 1 }

    Rail {
        id: rail
        anchors.left: parent.left
        height: parent.height
        visible: !root.narrow && navigation.page !== "connect"
        width: visible ? Metrics.rail : 0
        navigation: navigation
    }
    PageStack {
        id: pages
        anchors.left: rail.right
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.bottom: bar.top
        narrow: root.narrow
        navigation: navigation
    }
    BottomBar {
        id: bar
        anchors.bottom: parent.bottom
        width: parent.width
        visible: root.narrow && navigation.page !== "connect" && !pages.immersed
        height: visible ? Metrics.header : 0
        navigation: navigation
    }
    QuitDialog {}
    TrustDialog { question: navigation.session?.trust ?? null }
}
