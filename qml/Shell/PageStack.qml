// SPDX-License-Identifier: MIT
// One page at a time, made when it is first needed and kept from then on, so that nothing half typed is lost.
import QtQuick
import Hubbub.App as App
import Hubbub.Chat
import Hubbub.Shell

// A Loader of Qt 6.4 cannot make a bound component, so the pages reach for this file's ids unbound. Console, host and
// settings are named by their files, not their types: a type named here would be loaded, with all it uses, at every start.
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
    // qmllint enable unqualified
    Loader {
        id: consolePage
        anchors.fill: parent
        active: root.navigation.session !== null && visible
        visible: root.navigation.page === "console"
        source: "qrc:/qt/qml/Hubbub/Console/ConsolePage.qml"

        Binding { target: consolePage.item; property: "session"; value: root.navigation.session }
        Binding { target: consolePage.item; property: "narrow"; value: root.narrow }
    }
    Loader {
        id: hostPage
        anchors.fill: parent
        active: visible
        visible: root.navigation.page === "host"
        source: "qrc:/qt/qml/Hubbub/Host/HostPage.qml"

        Binding { target: hostPage.item; property: "narrow"; value: root.narrow }
        Connections {
            target: hostPage.item
            function onRoomWanted(): void {
                root.navigation.go("chat");
            }
        }
    }
    Loader {
        id: settingsPage
        anchors.fill: parent
        active: visible
        visible: root.navigation.page === "settings"
        source: "qrc:/qt/qml/Hubbub/Settings/SettingsPage.qml"

        Binding { target: settingsPage.item; property: "narrow"; value: root.narrow }
    }
}
