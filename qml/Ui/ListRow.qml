// SPDX-License-Identifier: MIT
// A row of a list: fill under the pointer, fill and 3 px bar when selected. Put the content inside; it fills the row.
// ListRow { selected: …; text: spoken name; onClicked: …; onContextRequested: menu.popup() }
import QtQuick
import QtQuick.Templates as T
import Hubbub.Ui

T.AbstractButton {
    id: root

    property bool selected: false
    /// For tables: no rounded corners, the bar as high as the row.
    property bool flat: false
    /// Kept apart from clicked(): right click, menu key and Shift+F10 ask for the menu.
    signal contextRequested()

    default property alias content: inner.data

    implicitWidth: Metrics.px(240)
    implicitHeight: flat ? Metrics.row : Metrics.roomRow
    leftPadding: Metrics.s8 + Metrics.s2
    rightPadding: leftPadding
    hoverEnabled: true
    focusPolicy: Qt.StrongFocus
    Accessible.role: Accessible.ListItem
    // The template sets its own role at the end.
    Component.onCompleted: Accessible.role = Accessible.ListItem
    Accessible.name: text
    Accessible.selectable: true
    Accessible.selected: selected
    Keys.onReturnPressed: root.clicked()
    Keys.onMenuPressed: root.contextRequested()
    Keys.onPressed: (event) => {
        if (event.key === Qt.Key_F10 && (event.modifiers & Qt.ShiftModifier)) {
            event.accepted = true;
            root.contextRequested();
        }
    }

    // qmllint disable deferred-property-id
    contentItem: Item {
        id: inner
    }
    background: Rectangle {
        radius: root.flat ? 0 : root.height > Metrics.personRow ? Metrics.radiusCard : Metrics.radiusControl
        color: root.selected ? Theme.selected : root.down || root.hovered ? Theme.hover : "transparent"

        Rectangle {
            visible: root.selected
            anchors.left: parent.left
            anchors.verticalCenter: parent.verticalCenter
            width: Metrics.selectionBar
            height: root.flat ? parent.height : parent.height > Metrics.personRow ? Metrics.px(28) : Metrics.px(18)
            color: Theme.accent
        }
        FocusRing {
            anchors.margins: 0
            radius: parent.radius
            shown: root.visualFocus
        }
    }
    TapHandler {
        acceptedButtons: Qt.RightButton
        onTapped: root.contextRequested()
    }
}
