// SPDX-License-Identifier: MIT
// All icons at the sizes in use.
pragma ComponentBehavior: Bound
import QtQuick
import Hubbub.Ui

Rectangle {
    id: root

    width: 1440
    height: 900
    color: Theme.window

    Grid {
        x: 16; y: 16
        columns: 8
        rowSpacing: 8

        Repeater {
            model: iconNames // qmllint disable unqualified

            Row {
                id: cell

                required property string modelData

                width: 176; height: 64; spacing: 8

                Repeater {
                    model: [12, 16, 20, 24]

                    Icon {
                        required property int modelData

                        name: cell.modelData
                        size: modelData
                        color: Theme.textSecondary
                    }
                }
                HText { text: cell.modelData; font: Fonts.caption }
            }
        }
    }
}
