// SPDX-License-Identifier: MIT
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Controls.Basic

ApplicationWindow {
    width: 1280
    height: 800

    ListView {
        anchors.fill: parent
        model: 100000
        delegate: ItemDelegate {
            required property int index
            text: "Row " + index
        }
    }
}
