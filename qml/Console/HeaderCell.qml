// SPDX-License-Identifier: MIT
// The head of a column; a click sorts by it, another turns the order round.
import QtQuick
import QtQuick.Templates as T
import Hubbub.Ui

T.AbstractButton {
    id: root

    property bool numeric: false
    property bool sortable: true
    property bool sorted: false
    property bool descending: false

    implicitWidth: words.implicitWidth + (sorted ? arrow.width + Metrics.s2 : 0)
    implicitHeight: Metrics.row
    enabled: sortable
    hoverEnabled: true
    focusPolicy: Qt.StrongFocus
    Accessible.role: Accessible.ColumnHeader
    Accessible.name: !sorted ? text : descending ? qsTr("%1, most first").arg(text) : qsTr("%1, least first").arg(text)
    Keys.onReturnPressed: root.clicked()

    // qmllint disable deferred-property-id
    contentItem: Item {
        HText {
            id: words
            anchors.left: parent.left
            height: parent.height
            text: root.text
            font: Fonts.smallStrong
            color: root.sorted || root.hovered ? Theme.text : Theme.textSecondary
            Accessible.ignored: true
        }
        Icon {
            id: arrow
            anchors.verticalCenter: parent.verticalCenter
            anchors.right: parent.right
            visible: root.sorted
            name: root.descending ? "arrow-down" : "arrow-up"
            size: Metrics.iconTiny
            color: Theme.text
        }
    }
    background: Item {
        FocusRing {
            anchors.margins: 0
            shown: root.visualFocus
        }
    }
}
