// SPDX-License-Identifier: MIT
// Lines over time with grid and labels; time without data is hatched. See ChartCanvas for `series`.
// TimeSeriesChart { label: qsTr("Connections"); capacity: 600; series: [{ values: model.web, color: Theme.series(0), filled: true }] }
import QtQuick
import Hubbub.Ui

ChartCanvas {
    property string label

    implicitWidth: Metrics.px(444)
    implicitHeight: Metrics.px(152)
    font: Fonts.numSmall
    gridColor: Theme.chartGrid
    gapColor: Theme.chartGap
    labelColor: Theme.textSecondary
    thresholdColor: Theme.warning
    labelWidth: Metrics.px(36)
    labelHeight: Metrics.px(22)
    Accessible.role: Accessible.Chart
    Accessible.name: label
}
