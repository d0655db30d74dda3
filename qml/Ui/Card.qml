// SPDX-License-Identifier: MIT
// A card on a page: border, no shadow. Its height follows its content unless it is set.
// Card { title: qsTr("Limits"); Column { width: parent.width … } }
import QtQuick
import QtQuick.Templates as T
import Hubbub.Ui

T.Pane {
    id: root

    property string title
    /// Stands at the right of the title.
    property alias aside: side.data

    implicitWidth: implicitContentWidth + leftPadding + rightPadding
    implicitHeight: implicitContentHeight + topPadding + bottomPadding
    padding: Metrics.s24
    topPadding: title === "" ? padding : padding + head.height
    Accessible.role: Accessible.Grouping
    Accessible.name: title

    background: Rectangle {
        radius: Metrics.radiusCard
        color: Theme.surface
        border.width: Metrics.hairline
        border.color: Theme.borderSubtle
    }

    Item {
        id: head
        parent: root.background
        x: root.leftPadding
        y: root.bottomPadding - Metrics.s4
        width: root.width - root.leftPadding - root.rightPadding
        height: Metrics.px(36)
        visible: root.title !== ""

        HText {
            width: parent.width - side.width
            height: Metrics.px(20)
            text: root.title
            font: Fonts.subtitle
            Accessible.role: Accessible.Heading
        }
        Row {
            id: side
            anchors.right: parent.right
            height: Metrics.px(20)
            spacing: Metrics.s8
        }
    }
}
