// SPDX-License-Identifier: MIT
// Below the table: what is selected, and how the connections are carried.
import QtQuick
import Hubbub.App
import Hubbub.Ui

Rectangle {
    id: root

    required property ConsoleSession admin

    implicitHeight: Metrics.px(40)
    color: Theme.window

    Hairline {
        width: parent.width
        color: Theme.borderSubtle
    }
    HText {
        anchors.left: parent.left
        anchors.leftMargin: Metrics.s16
        height: parent.height
        text: root.admin.selectedKey === "" ? qsTr("None selected") : qsTr("1 selected")
        font: root.admin.selectedKey === "" ? Fonts.small : Fonts.smallStrong
        color: root.admin.selectedKey === "" ? Theme.textSecondary : Theme.text
    }
    Row {
        anchors.right: parent.right
        anchors.rightMargin: Metrics.s16
        height: parent.height
        spacing: Metrics.s8

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            name: "bolt"
            size: Metrics.px(14)
            color: Theme.textSecondary
        }
        HText {
            height: parent.height
            text: qsTr("%1 socket").arg(Ui.grouped(root.admin.overview.websocket))
            font: Fonts.numSmall
            color: Theme.textSecondary
        }
        Item {
            width: Metrics.s4
            height: Metrics.s4
        }
        Icon {
            anchors.verticalCenter: parent.verticalCenter
            name: "refresh"
            size: Metrics.px(14)
            color: root.admin.overview.polling > 0 ? Theme.warning : Theme.textSecondary
        }
        HText {
            height: parent.height
            text: qsTr("%1 polling").arg(Ui.grouped(root.admin.overview.polling))
            font: Fonts.numSmall
            color: Theme.textSecondary
        }
    }
}
