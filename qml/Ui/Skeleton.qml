// SPDX-License-Identifier: MIT
// Grey shapes where rows will be; appears only for waits above 150 ms. Skeleton { running: model.loading }
pragma ComponentBehavior: Bound
import QtQuick
import Hubbub.Ui

Column {
    id: root

    property int rows: 3
    property bool avatar: true
    property bool running: true

    readonly property var bars: [[120, 250, 190], [92, 290], [140, 210, 260]]
    readonly property var strengths: [1, 0.8, 0.6]

    spacing: Metrics.px(28)
    opacity: 0
    visible: running
    Accessible.role: Accessible.StaticText
    Accessible.name: qsTr("Loading")

    Timer {
        running: root.running
        interval: Motion.skeletonDelay
        onTriggered: root.opacity = 1
    }
    Timer {
        running: root.running && root.visible && !Motion.reduced && root.opacity > 0
        interval: Motion.skeletonStep
        repeat: true
        onTriggered: root.opacity = root.opacity < 1 ? 1 : 0.6
    }

    Repeater {
        model: root.rows

        Row {
            id: row

            required property int index

            spacing: Metrics.s12
            opacity: root.strengths[Math.min(index, 2)]

            Rectangle {
                visible: root.avatar
                width: Metrics.avatar
                height: width
                radius: width / 2
                color: Theme.hover
            }
            Column {
                topPadding: Metrics.s4
                spacing: Metrics.s8

                Repeater {
                    model: root.bars[row.index % 3]

                    Rectangle {
                        required property int modelData

                        width: Math.min(Metrics.px(modelData), root.width > 0 ? root.width - Metrics.s48 : Metrics.px(modelData))
                        height: Metrics.s12
                        radius: Metrics.radiusTag
                        color: Theme.hover
                    }
                }
            }
        }
    }
}
