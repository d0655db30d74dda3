// SPDX-License-Identifier: MIT
// Opens one of a message's web addresses; not there when the message has fewer.
import QtQuick
import Hubbub.App
import Hubbub.Ui

HMenuItem {
    id: root

    required property var addresses
    required property int place

    readonly property string address: addresses[place] ?? ""

    objectName: "openLink"
    visible: address !== ""
    height: visible ? implicitHeight : 0
    iconName: "globe"
    text: addresses.length > 1 ? qsTr("Open %1").arg(address) : qsTr("Open link")
    Accessible.name: qsTr("Open %1").arg(address)
    onTriggered: Browser.open(address)
}
