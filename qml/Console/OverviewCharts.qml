// SPDX-License-Identifier: MIT
// The last ten minutes as lines, and the machines behind them. Time without a connection is hatched.
import QtQuick
import Hubbub.App
import Hubbub.Console
import Hubbub.Ui

Column {
    id: root

    required property ConsoleSession admin
    property list<string> timeLabels

    readonly property ConsoleOverview overview: admin.overview
    readonly property bool paired: width >= Metrics.px(720)
    readonly property int half: paired ? Math.floor((width - spacing) / 2) : width
    readonly property bool alone: admin.nodes.count === 1
    readonly property int nodeColumns: alone || !paired ? 1 : 3

    function rate(value: real): string {
        return value >= 10 || value === 0 ? Ui.grouped(Math.round(value)) : value.toFixed(1);
    }

    spacing: Metrics.s16

    Grid {
        columns: root.paired ? 2 : 1
        spacing: root.spacing

        ChartCard {
            objectName: "chartConnections"
            width: root.half
            title: qsTr("Connections")
            capacity: 600
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
            title: qsTr("Events per second")
            capacity: 600
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
            width: root.alone ? root.half : root.width
            title: qsTr("Disconnects per 10 s")
            capacity: 60
            timeLabels: root.timeLabels
            series: [{ values: root.overview.disconnectsSeries, color: Theme.series(2), bars: true, filled: true }]
        }
        Loader {
            active: root.alone && root.paired
            visible: active
            sourceComponent: nodeGrid
        }
    }
    Loader {
        active: !root.alone || !root.paired
        visible: active
        sourceComponent: nodeGrid
    }
    Component {
        id: nodeGrid

        Grid {
            columns: root.nodeColumns
            spacing: root.spacing

            Repeater {
                model: root.admin.nodes

                NodeCard {
                    width: root.alone ? root.half : Math.floor((root.width - (root.nodeColumns - 1) * root.spacing) / root.nodeColumns)
                    height: root.alone && root.paired ? Metrics.px(192) : Metrics.px(112)
                    values: root.alone ? root.overview.connectionsSeries.slice(-60) : []
                }
            }
        }
    }
}
