// SPDX-License-Identifier: MIT
// The ground of menus and dialogs: surface, border, and three stacked rectangles for a shadow.
pragma ComponentBehavior: Bound
import QtQuick
import Hubbub.Ui

Rectangle {
    id: root

    color: Theme.surface
    radius: Metrics.radiusCard
    border.width: Metrics.hairline
    border.color: Theme.borderSubtle

    Repeater {
        model: [[1, 1], [3, 3], [8, 6]] // spread and drop of each layer

        Rectangle {
            required property int index
            required property var modelData

            z: -1
            x: -Metrics.px(modelData[0])
            y: -Metrics.px(modelData[0]) + Metrics.px(modelData[1])
            width: root.width + 2 * Metrics.px(modelData[0])
            height: root.height + 2 * Metrics.px(modelData[0])
            radius: root.radius + Metrics.px(modelData[0])
            color: Theme.shadow
            opacity: Theme.shadowParts[index]
        }
    }
}
