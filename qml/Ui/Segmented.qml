// SPDX-License-Identifier: MIT
// A few choices side by side. Segmented { label: qsTr("Sign in with"); options: [qsTr("Token"), qsTr("Password")] }
pragma ComponentBehavior: Bound
import QtQuick
import Hubbub.Ui

FocusScope {
    id: root

    property list<string> options
    property int currentIndex: 0
    property string label

    signal activated(int index)

    function choose(index: int): void {
        if (index < 0 || index >= options.length || index === currentIndex)
            return;
        currentIndex = index;
        activated(index);
    }

    implicitWidth: row.implicitWidth + 2 * row.anchors.margins
    implicitHeight: Metrics.control
    Accessible.role: Accessible.PageTabList
    Accessible.name: label
    Keys.onLeftPressed: choose(currentIndex - (LayoutMirroring.enabled ? -1 : 1))
    Keys.onRightPressed: choose(currentIndex + (LayoutMirroring.enabled ? -1 : 1))

    Rectangle {
        anchors.fill: parent
        radius: Metrics.radiusControl
        color: Theme.hover
    }

    Row {
        id: row
        anchors.fill: parent
        anchors.margins: Metrics.px(3)

        Repeater {
            model: root.options

            SegmentButton {
                required property int index
                required property string modelData

                width: row.width > 0 && root.width > root.implicitWidth ? row.width / root.options.length : implicitWidth
                height: row.height
                text: modelData
                checked: index === root.currentIndex
                enabled: root.enabled
                onClicked: root.choose(index)
            }
        }
    }
}
