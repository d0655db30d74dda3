// SPDX-License-Identifier: MIT
// A button with an icon alone; `text` is its spoken name and its tool tip.
// IconButton { iconName: "search"; text: qsTr("Find in room") }
import QtQuick
import QtQuick.Templates as T
import Hubbub.Ui

T.Button {
    id: root

    property string iconName
    property int iconSize: Metrics.icon
    property int size: Metrics.control
    /// Colour of the icon at rest.
    property color tint: Theme.textSecondary
    /// Accent fill, for the one main action that has no words (send).
    property bool filled: false
    /// Flips the icon in a right-to-left layout, for arrows.
    property bool directional: false

    implicitWidth: size
    implicitHeight: size
    padding: 0
    hoverEnabled: true
    focusPolicy: Qt.StrongFocus
    Accessible.role: Accessible.Button
    Accessible.name: text
    Accessible.checkable: checkable
    Accessible.checked: checked
    Keys.onReturnPressed: root.press()
    Keys.onEnterPressed: root.press()

    function press(): void {
        if (root.checkable)
            root.toggle();
        root.clicked();
    }

    contentItem: Item {
        Icon {
            anchors.centerIn: parent
            name: root.iconName
            size: root.iconSize
            mirrored: root.directional && root.mirrored
            color: !root.enabled ? Theme.textMuted : root.filled ? Theme.accentInk
                : root.hovered || root.checked ? Theme.text : root.tint
        }
    }

    background: Rectangle {
        radius: Metrics.radiusControl
        color: root.filled
            ? (!root.enabled ? Theme.hover : root.down ? Theme.accentPressed : root.hovered ? Theme.accentHover : Theme.accent)
            : !root.enabled ? "transparent"
            : root.down ? Theme.selected
            : root.hovered || root.checked ? Theme.hover : "transparent"
        Behavior on color { ColorAnimation { duration: Motion.hover } }

        FocusRing { shown: root.visualFocus }
    }

    HToolTip {
        visible: root.hovered && root.text !== ""
        text: root.text
    }
}
