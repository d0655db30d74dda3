// SPDX-License-Identifier: MIT
// The four figures an operator looks at first, each with its last minute.
import QtQuick
import Hubbub.App
import Hubbub.Ui

Grid {
    id: root

    required property ConsoleOverview overview

    readonly property int tileWidth: Math.floor((width - (columns - 1) * spacing) / columns)
    readonly property bool roomy: tileWidth >= Metrics.px(208)
    /// How many seconds were seen: a figure of none is not yet zero.
    readonly property int seen: knownIn(overview.connectionsSeries)
    readonly property int change: changeOf(overview.connectionsSeries)
    readonly property int gone: sumOf(overview.disconnectsSeries)
    readonly property real peak: peakOf(overview.eventsInSeries)

    /// Against the oldest value known, once there is a minute to compare.
    function changeOf(series: var): int {
        const known = series.filter((value) => !isNaN(value));
        return known.length > 60 ? Math.round(known[known.length - 1] - known[0]) : 0;
    }
    function knownIn(series: var): int {
        return series.filter((value) => !isNaN(value)).length;
    }
    function sumOf(series: var): int {
        return series.reduce((sum, value) => isNaN(value) ? sum : sum + value, 0);
    }
    function peakOf(series: var): real {
        return series.reduce((most, value) => value > most ? value : most, 0);
    }
    function lastMinute(series: var): var {
        return roomy ? series.slice(-60) : [];
    }
    function rate(value: real): string {
        return value >= 10 || Number.isInteger(value) ? Ui.grouped(Math.round(value)) : value.toFixed(1);
    }

    columns: width >= Metrics.px(760) ? 4 : 2
    spacing: Metrics.s16

    Tile {
        objectName: "tileConnections"
        width: root.tileWidth
        label: qsTr("Connections")
        figure: root.seen > 0 || root.overview.connections > 0 ? Ui.grouped(root.overview.connections) : "–"
        values: root.lastMinute(root.overview.connectionsSeries)
        seriesIndex: 0
        trend: root.change > 0 ? Tile.Up : root.change < 0 ? Tile.Down : Tile.None
        note: root.change > 0 ? qsTr("%1 more than before").arg(Ui.grouped(root.change))
            : root.change < 0 ? qsTr("%1 fewer than before").arg(Ui.grouped(-root.change)) : root.seen > 60 ? qsTr("steady") : root.seen > 0 ? qsTr("watched for %1 s").arg(root.seen) : ""
    }
    Tile {
        objectName: "tileEventsOut"
        width: root.tileWidth
        label: qsTr("Events out")
        figure: root.seen > 0 ? root.rate(root.overview.eventsOut) : "–"
        unit: qsTr("/s")
        values: root.lastMinute(root.overview.eventsOutSeries)
        seriesIndex: 1
        note: root.overview.eventsIn > 0
            ? qsTr("fan-out ×%1").arg((root.overview.eventsOut / root.overview.eventsIn).toFixed(1)) : root.seen === 0 ? "" : root.overview.eventsOut > 0 ? qsTr("nothing came in") : qsTr("quiet")
    }
    Tile {
        objectName: "tileEventsIn"
        width: root.tileWidth
        label: qsTr("Events in")
        figure: root.seen > 0 ? root.rate(root.overview.eventsIn) : "–"
        unit: qsTr("/s")
        values: root.lastMinute(root.overview.eventsInSeries)
        seriesIndex: 0
        note: root.seen === 0 ? "" : qsTr("at most %1 /s in 10 min").arg(root.rate(root.peak))
    }
    Tile {
        objectName: "tileDisconnects"
        width: root.tileWidth
        label: qsTr("Disconnects")
        figure: root.seen > 0 ? root.rate(root.overview.disconnectsPerMinute) : "–"
        unit: qsTr("/min")
        values: root.roomy ? root.overview.disconnectsSeries : []
        seriesIndex: 2
        note: root.seen === 0 ? "" : qsTr("%1 in 10 min").arg(Ui.grouped(Math.max(root.gone, Math.round(root.overview.disconnectsPerMinute))))
    }
}
