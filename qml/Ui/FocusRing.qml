// SPDX-License-Identifier: MIT
// The focus ring: 2 px, 3 px outside its parent, only for keyboard focus.
// background: Rectangle { FocusRing { shown: control.visualFocus } }
import QtQuick
import Hubbub.Ui

Rectangle {
    property bool shown: false
    /// Radius of the thing it runs round.
    property real around: Metrics.radiusControl

    anchors.fill: parent
    anchors.margins: -Metrics.focusOffset
    visible: shown
    color: "transparent"
    radius: around + Metrics.focusOffset
    border.width: Metrics.focusWidth
    border.color: Theme.accent
}
