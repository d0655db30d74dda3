// SPDX-License-Identifier: MIT
// Where the columns of the connections stand for a width; what does not fit is left out, least needed first.
import QtQuick
import Hubbub.Ui

QtObject {
    required property int width

    readonly property bool full: width >= Metrics.px(620)
    readonly property bool some: width >= Metrics.px(460)

    readonly property int edge: some ? Metrics.s16 : Metrics.s12
    // Right edges of figures.
    readonly property int openRight: width - edge
    readonly property int outRight: openRight - Metrics.px(74)
    readonly property int inRight: outRight - Metrics.px(52)
    readonly property int roomsRight: inRight - Metrics.px(56)
    // Left edges of words.
    readonly property int addressX: roomsRight - Metrics.px(140)
    readonly property int transportX: full ? addressX - Metrics.px(76) : (some ? roomsRight : outRight) - Metrics.px(128)
    readonly property int socketX: transportX - Metrics.px(110)
    readonly property int userX: edge
    readonly property int userRight: (full ? socketX : transportX) - Metrics.s12
}
