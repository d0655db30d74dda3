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

    readonly property bool slim: width < Metrics.px(560)
    readonly property int margin: slim ? Metrics.s12 : Metrics.s24
    readonly property int minutes: spanOf(admin.overview.connectionsSeries)
    property var timeLabels: []

    /// How many minutes the charts show: the fewest that hold what is known, so that the first ones are seen.
    function spanOf(series: var): int {
        const first = series.findIndex((value) => !isNaN(value));
        return first < 0 ? 1 : [1, 2, 5, 10].find((minutes) => minutes * 60 >= series.length - first);
    }
    function nameTimes(): void {
        const now = Date.now();
        const steps = minutes === 5 ? (slim ? [5, 2.5] : [5, 4, 3, 2, 1]) : slim ? [minutes, minutes / 2]
            : minutes === 1 ? [1, 2 / 3, 1 / 3] : minutes === 2 ? [2, 1.5, 1, 0.5] : [10, 8, 6, 4, 2];
        timeLabels = steps.map((ago) => minutes < 5 ? qsTr("−%1 s").arg(Math.round(ago * 60))
            : Qt.formatTime(new Date(now - ago * 60000), "HH:mm")).concat([qsTr("now")]);
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
    onSlimChanged: nameTimes()
    onMinutesChanged: nameTimes()

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
            id: tiles
            width: parent.width
            overview: root.admin.overview
        }
        OverviewCharts {
            width: parent.width
            admin: root.admin
            minutes: root.minutes
            timeLabels: root.timeLabels
            room: root.height - tiles.height - content.y - root.margin - content.spacing
        }
    }
}
