// SPDX-License-Identifier: MIT
// One page at a time, made when it is first needed and kept from then on, so that nothing half typed is lost.
import QtQuick
import Hubbub.App as App
import Hubbub.Chat
import Hubbub.Console
import Hubbub.Host
import Hubbub.Settings
import Hubbub.Shell

// A Loader of Qt 6.4 cannot make a bound component, so the pages reach for this file's ids unbound.
Item {
    id: root

    required property Navigation navigation
    property bool narrow: false
    /// A narrow window shows one conversation and nothing beside it.
    readonly property bool immersed: narrow && chat.visible && chat.item !== null && !(chat.item as ChatPage).listShown

    // qmllint disable unqualified
    Loader {
        anchors.fill: parent
        active: visible
        visible: root.navigation.page === "connect"
        sourceComponent: ConnectPage {
            narrow: root.narrow
            onEntered: root.navigation.go("chat")
            onHostWanted: root.navigation.go("host")
        }
    }
    Loader {
        id: chat
        anchors.fill: parent
        active: root.navigation.session !== null
        visible: root.navigation.page === "chat"
        sourceComponent: ChatPage {
            session: root.navigation.session
            narrow: root.narrow
        }
    }
    Loader {
        anchors.fill: parent
        active: root.navigation.session !== null && visible
        visible: root.navigation.page === "console"
        sourceComponent: ConsolePage {
            session: root.navigation.session
            narrow: root.narrow
        }
    }
    Loader {
        anchors.fill: parent
        active: visible
        visible: root.navigation.page === "host"
        sourceComponent: HostPage {
            narrow: root.narrow
            onRoomWanted: root.navigation.go("chat")
        }
    }
    Loader {
        anchors.fill: parent
        active: visible
        visible: root.navigation.page === "settings"
        sourceComponent: SettingsPage { narrow: root.narrow }
    }
    // qmllint enable unqualified
}
