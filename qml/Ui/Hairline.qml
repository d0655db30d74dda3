// SPDX-License-Identifier: MIT
// A line of one pixel inside a pane. Hairline { vertical: true }
import QtQuick
import Hubbub.Ui

Rectangle {
    property bool vertical: false

    implicitWidth: Metrics.hairline
    implicitHeight: Metrics.hairline
    color: Theme.hairline
}
