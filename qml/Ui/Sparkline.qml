// SPDX-License-Identifier: MIT
// A small line of values. Sparkline { values: model.lastMinute; color: Theme.series(0) }
import QtQuick
import Hubbub.Ui

SparklineCanvas {
    implicitWidth: Metrics.px(88)
    implicitHeight: Metrics.px(36)
    color: Theme.series(0)
    lineWidth: 1.5
    Accessible.role: Accessible.Graphic
    Accessible.ignored: true
}
