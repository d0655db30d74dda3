// SPDX-License-Identifier: MIT
// The places of the app along the bottom of a narrow window.
pragma ComponentBehavior: Bound
import QtQuick
import Hubbub.App as App
import Hubbub.Ui
import Hubbub.Shell

Rectangle {
    id: root

    required property Navigation navigation

    color: Theme.sunken
    Accessible.role: Accessible.ToolBar
    Accessible.name: qsTr("Pages")

    Hairline { width: parent.width }

    Row {
        anchors.fill: parent

        Repeater {
            model: root.navigation.places
            RailButton {
                required property Place modelData
                width: root.width / 5
                height: parent.height
                along: true
                objectName: "bar-" + modelData.page
                iconName: modelData.icon
                text: modelData.text
                enabled: !modelData.needsServer || root.navigation.session !== null
                selected: root.navigation.page === modelData.page
                onClicked: root.navigation.go(modelData.page)
            }
        }
        RailButton {
            width: root.width / 5
            height: parent.height
            iconName: "plus"
            text: qsTr("Add a server")
            onClicked: root.navigation.go("connect")
        }
    }
}
