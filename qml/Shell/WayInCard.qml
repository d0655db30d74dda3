// SPDX-License-Identifier: MIT
// The frame of a way in: what it is, what it needs, and its button on the same line as its neighbour's.
import QtQuick
import Hubbub.Ui

Card {
    id: root

    property string iconName
    property int slot: 0
    property string headline
    property string explanation
    default property alias fields: fields.data
    property alias button: button.data
    /// As high as its content, where cards stand below each other.
    property bool compact: false

    implicitWidth: Metrics.px(352)
    implicitHeight: compact ? fields.y + fields.height + Metrics.s24 + button.height + topPadding + bottomPadding : Metrics.px(480)

    IconTile {
        id: tile
        iconName: root.iconName
        slot: root.slot
    }
    HText {
        id: headline
        y: Metrics.px(56)
        width: parent.width
        height: Metrics.px(20)
        text: root.headline
        font: Fonts.subtitle
        Accessible.role: Accessible.Heading
    }
    HText {
        id: explanation
        anchors.top: headline.bottom
        anchors.topMargin: Metrics.s4
        width: parent.width
        text: root.explanation
        font: Fonts.control
        color: Theme.textSecondary
        wrapMode: Text.WordWrap
    }
    Column {
        id: fields
        anchors.top: explanation.bottom
        anchors.topMargin: Metrics.px(20)
        width: parent.width
        spacing: Metrics.s8
    }
    Item {
        id: button
        anchors.bottom: parent.bottom
        width: parent.width
        height: Metrics.control
    }
}
