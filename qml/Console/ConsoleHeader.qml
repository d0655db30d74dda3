// SPDX-License-Identifier: MIT
// The head of a console screen: its title and scope, whether the figures are whole, whether they are live.
import QtQuick
import Hubbub.App
import Hubbub.Ui

HeaderBar {
    id: root

    property ConsoleSession admin: null
    property bool narrow: false

    inline: true

    QualityBadge {
        anchors.verticalCenter: parent.verticalCenter
        visible: !root.narrow && root.admin !== null && root.admin.available && quality !== ""
        quality: root.admin?.quality ?? ""
        proof: root.admin?.qualityText ?? ""
    }
    Row {
        leftPadding: Metrics.s4
        rightPadding: Metrics.s4

        LiveChip {
            link: root.admin ? root.admin.link : null
        }
    }
}
