// SPDX-License-Identifier: MIT
// One screen of the console, with its live count.
import QtQuick
import Hubbub.Ui

ListRow {
    id: root

    property string iconName
    property string label
    property string count

    implicitHeight: Metrics.row
    text: count === "" ? label : qsTr("%1, %2").arg(label).arg(count)
    Accessible.role: Accessible.PageTab
    // The template sets its own role at the end.
    Component.onCompleted: Accessible.role = Accessible.PageTab

    Icon {
        anchors.left: parent.left
        anchors.leftMargin: Metrics.s2
        anchors.verticalCenter: parent.verticalCenter
        name: root.iconName
        size: Metrics.px(18)
        color: root.selected ? Theme.accent : Theme.textSecondary
    }
    HText {
        anchors.left: parent.left
        anchors.leftMargin: Metrics.px(30)
        width: parent.width - anchors.leftMargin - figure.width - Metrics.s8
        height: parent.height
        text: root.label
        font: root.selected ? Fonts.labelStrong : Fonts.label
        color: root.selected ? Theme.text : Theme.textSecondary
        Accessible.ignored: true
    }
    HText {
        id: figure
        anchors.right: parent.right
        anchors.rightMargin: Metrics.s2
        height: parent.height
        text: root.count
        font: Fonts.numSmall
        color: Theme.textSecondary
        Accessible.ignored: true
    }
}
