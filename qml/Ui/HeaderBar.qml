// SPDX-License-Identifier: MIT
// The head of a pane, 56 high; its hairline meets those of its neighbours.
// HeaderBar { title: qsTr("Details"); leading: [IconButton {…}] ; IconButton { iconName: "close" … } }
import QtQuick
import Hubbub.Ui

Item {
    id: root

    property string title
    property string subtitle
    /// One line: title and subtitle side by side, as in the console.
    property bool inline: false
    property int edge: Metrics.s16
    property alias leading: before.data
    property color color: Theme.surface
    default property alias actions: actions.data

    implicitHeight: Metrics.header
    Accessible.role: Accessible.Grouping
    Accessible.name: title

    Rectangle {
        anchors.fill: parent
        color: root.color
    }
    Row {
        id: before
        anchors.left: parent.left
        anchors.leftMargin: children.length > 0 ? Metrics.s16 : 0
        anchors.verticalCenter: parent.verticalCenter
        spacing: Metrics.s8
    }
    Item {
        anchors.left: before.right
        anchors.leftMargin: before.children.length > 0 ? Metrics.s12 : root.edge
        anchors.right: actions.left
        anchors.rightMargin: Metrics.s12
        height: parent.height - Metrics.hairline

        HText {
            id: name
            anchors.left: parent.left
            y: root.inline || root.subtitle === "" ? 0 : Metrics.px(9)
            width: Math.min(implicitWidth, parent.width)
            height: root.inline || root.subtitle === "" ? parent.height : Metrics.textLine
            text: root.title
            font: Fonts.subtitle
            Accessible.role: Accessible.Heading
        }
        HText {
            anchors.left: parent.left
            anchors.leftMargin: root.inline ? name.width + Metrics.s12 : 0
            y: root.inline ? Metrics.hairline : Metrics.px(29)
            width: parent.width - anchors.leftMargin
            height: root.inline ? parent.height : Metrics.px(18)
            // Two letters and dots tell nobody anything.
            visible: text !== "" && width >= Math.min(implicitWidth, Metrics.px(80))
            text: root.subtitle
            font: Fonts.small
            color: Theme.textSecondary
        }
    }
    Row {
        id: actions

        function centre() {
            for (let i = 0; i < children.length; ++i)
                children[i].anchors.verticalCenter = actions.verticalCenter;
        }

        onChildrenChanged: centre()
        anchors.right: parent.right
        anchors.rightMargin: root.edge - Metrics.s4
        anchors.verticalCenter: parent.verticalCenter
        spacing: Metrics.s4
    }
    Hairline {
        anchors.bottom: parent.bottom
        width: parent.width
    }
}
