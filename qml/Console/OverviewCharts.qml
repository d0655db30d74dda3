// SPDX-License-Identifier: MIT
// The last minutes, up to ten, as lines, and the machines behind them. Time without a connection is hatched.
pragma ComponentBehavior: Bound
import QtQuick
import Hubbub.App
import Hubbub.Console
import Hubbub.Ui

Column {
    id: root

    required property ConsoleSession admin
    property int minutes: 10
    property var timeLabels: []
    /// The height there is; charts grow into it.
    property int room: 0

    readonly property ConsoleOverview overview: admin.overview
    readonly property bool paired: width >= Metrics.px(720)
    readonly property int half: paired ? Math.floor((width - spacing) / 2) : width
    /// A single node stands beside the third chart; more of them make a row of their own.
    readonly property bool beside: paired && admin.nodes.count === 1
    readonly property int share: (room - spacing - (beside || admin.nodes.count === 0 ? 0 : Metrics.px(112) + spacing)) / 2
    readonly property int chartHeight: paired ? Math.max(Metrics.px(192), Math.min(Metrics.px(320), share)) : Metrics.px(192)

    function lastMinute(series: var): var {
        return series.slice(-60);
    }
    function rate(value: real): string {
        return value >= 10 || Number.isInteger(value) ? Ui.grouped(Math.round(value)) : value.toFixed(1);
    }

    spacing: Metrics.s16

    Flow {
        width: root.width
        spacing: root.spacing

        ChartCard {
            objectName: "chartConnections"
            width: root.half
            height: root.chartHeight
            title: qsTr("Connections")
            capacity: 60 * root.minutes
            timeLabels: root.timeLabels
            legend: [
                { name: qsTr("websocket"), value: Ui.grouped(root.overview.websocket), color: Theme.series(0) },
                { name: qsTr("polling"), value: Ui.grouped(root.overview.polling), color: Theme.series(1) }
            ]
            series: [
                { values: root.overview.websocketSeries, color: Theme.series(0), filled: true },
                { values: root.overview.pollingSeries, color: Theme.series(1), filled: false }
            ]
        }
        ChartCard {
            objectName: "chartEvents"
            width: root.half
            height: root.chartHeight
            title: qsTr("Events per second")
            capacity: 60 * root.minutes
            timeLabels: root.timeLabels
            legend: [
                { name: qsTr("out"), value: root.rate(root.overview.eventsOut), color: Theme.series(1) },
                { name: qsTr("in"), value: root.rate(root.overview.eventsIn), color: Theme.series(0) }
            ]
            series: [
                { values: root.overview.eventsOutSeries, color: Theme.series(1), filled: true },
                { values: root.overview.eventsInSeries, color: Theme.series(0), filled: false }
            ]
        }
        ChartCard {
            objectName: "chartDisconnects"
            width: root.beside ? root.half : root.width
            height: root.chartHeight
            title: qsTr("Disconnects per 10 s")
            capacity: 6 * root.minutes
            timeLabels: root.timeLabels
            series: [{ values: root.overview.disconnectsSeries, color: Theme.series(2), bars: true, filled: true }]
        }
        Repeater {
            model: root.beside ? root.admin.nodes : null

            NodeCard {
                width: root.half
                height: root.chartHeight
                values: root.lastMinute(root.overview.connectionsSeries)
            }
        }
    }
    Grid {
        columns: root.paired ? 3 : 1
        spacing: root.spacing
        visible: !root.beside

        Repeater {
            model: root.beside ? null : root.admin.nodes

            NodeCard {
                width: root.paired ? Math.floor((root.width - 2 * root.spacing) / 3) : root.width
            }
        }
    }
}
