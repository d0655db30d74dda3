// SPDX-License-Identifier: MIT
// A tinted square with an icon: heads of cards, dialogs and empty states.
// IconTile { iconName: "wifi"; slot: 3 } or with colours of its own: IconTile { color: …; tint: … }
import QtQuick
import Hubbub.Ui

Rectangle {
    id: root

    property string iconName
    property int size: Metrics.px(40)
    property int slot: -1
    property color ink: Theme.nameColor(slot)
    property color tint: Theme.nameTint(slot)

    implicitWidth: size
    implicitHeight: size
    radius: Metrics.radiusCard
    color: tint

    Icon {
        anchors.centerIn: parent
        name: root.iconName
        size: root.size >= Metrics.s48 ? Metrics.iconLarge : root.size > Metrics.s32 ? Metrics.icon : Metrics.iconSmall
        color: root.ink
    }
}
