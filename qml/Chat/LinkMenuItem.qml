// SPDX-License-Identifier: MIT
// Opens one of a message's web addresses.
import QtQuick
import Hubbub.App
import Hubbub.Ui

HMenuItem {
    id: root

    required property var addresses
    required property string modelData

    objectName: "openLink"
    iconName: "globe"
    text: addresses.length > 1 ? qsTr("Open %1").arg(modelData) : qsTr("Open link")
    Accessible.name: qsTr("Open %1").arg(modelData)
    onTriggered: Browser.open(modelData)
}
