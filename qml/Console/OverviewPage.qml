// SPDX-License-Identifier: MIT
// How the server is doing, at a glance.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Controls.Basic
import Hubbub.App
import Hubbub.Console
import Hubbub.Ui

Flickable {
    id: root

    required property ConsoleSession admin

    readonly property int margin: width < Metrics.px(560) ? Metrics.s12 : Metrics.s24
    property var timeLabels: []

    function nameTimes(): void {
        const steps = width < Metrics.px(560) ? [10, 5] : [10, 8, 6, 4, 2];
        const now = Date.now();
        timeLabels = steps.map((minutes) => Qt.formatTime(new Date(now - minutes * 60000), "HH:mm")).concat([qsTr("now")]);
    }

    objectName: "overviewPage"
    contentHeight: content.height + content.y + margin
    boundsBehavior: Flickable.StopAtBounds
    clip: true
    activeFocusOnTab: contentHeight > height
    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Overview")
    ScrollBar.vertical: HScrollBar {}
    Keys.onUpPressed: flick(0, Metrics.px(600))
    Keys.onDownPressed: flick(0, -Metrics.px(600))
    onMarginChanged: nameTimes()

    Timer {
        running: root.visible
        interval: 10000
        repeat: true
        triggeredOnStart: true
        onTriggered: root.nameTimes()
    }
    Column {
        id: content
        x: root.margin
        y: Math.min(root.margin, Metrics.s16)
        width: root.width - 2 * root.margin
        spacing: Metrics.s16

        OverviewTiles {
            width: parent.width
            overview: root.admin.overview
        }
        OverviewCharts {
            width: parent.width
            admin: root.admin
            timeLabels: root.timeLabels
        }
    }
}
