// SPDX-License-Identifier: MIT
// A line between groups of an HMenu.
import QtQuick
import QtQuick.Templates as T
import Hubbub.Ui

T.MenuSeparator {
    implicitWidth: Metrics.px(120)
    implicitHeight: Metrics.s8 + Metrics.hairline
    horizontalPadding: Metrics.s8
    verticalPadding: Metrics.s4
    contentItem: Hairline {}
}
