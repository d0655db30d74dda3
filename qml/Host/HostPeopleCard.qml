// SPDX-License-Identifier: MIT
// Who is in the room now, and from where.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Controls.Basic
import Hubbub.App as App
import Hubbub.Ui

Card {
    id: root

    title: qsTr("People")
    aside: HText {
        height: parent.height
        text: App.Host.people
        font: Fonts.numSmall
        color: Theme.textSecondary
    }

    ListView {
        id: list
        objectName: "hostPeople"
        anchors.fill: parent
        anchors.leftMargin: -Metrics.s8
        anchors.rightMargin: -Metrics.s8
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        model: App.Host.peopleModel
        ScrollBar.vertical: HScrollBar {}
        Accessible.role: Accessible.List
        Accessible.name: root.title
        delegate: Item {
            id: row

            required property string name
            required property string userId
            required property string address
            required property bool isHost
            required property bool guest

            width: list.width
            height: Metrics.header
            Accessible.role: Accessible.ListItem
            Accessible.name: qsTr("%1, %2").arg(row.name).arg(row.isHost ? qsTr("this computer") : row.address)

            Avatar {
                id: face
                anchors.left: parent.left
                anchors.leftMargin: Metrics.s8
                anchors.verticalCenter: parent.verticalCenter
                name: row.name
                userId: row.userId
                presence: PresenceMark.Online
            }
            Column {
                anchors.left: face.right
                anchors.leftMargin: Metrics.s12
                anchors.right: parent.right
                anchors.rightMargin: Metrics.s8
                anchors.verticalCenter: parent.verticalCenter
                spacing: Metrics.s2

                Row {
                    width: parent.width
                    spacing: Metrics.s8

                    HText {
                        width: Math.min(implicitWidth, parent.width - (tag.visible ? tag.width + parent.spacing : 0))
                        text: row.name
                        font: Fonts.bodyMedium
                        Accessible.ignored: true
                    }
                    Tag {
                        id: tag
                        anchors.verticalCenter: parent.verticalCenter
                        visible: row.isHost || row.guest
                        kind: row.isHost ? Tag.Info : Tag.Neutral
                        text: row.isHost ? qsTr("host") : qsTr("guest")
                    }
                }
                HText {
                    width: parent.width
                    text: row.isHost ? qsTr("This computer") : row.address
                    font: Fonts.numSmall
                    color: Theme.textSecondary
                    Accessible.ignored: true
                }
            }
        }
        EmptyState {
            anchors.centerIn: parent
            width: Math.min(Metrics.px(320), parent.width)
            visible: list.count <= 1 && list.height > height + 2 * Metrics.header
            iconName: "person-plus"
            slot: 4
            title: qsTr("Nobody else so far")
            text: qsTr("Show them the code, or send them the link.")
        }
    }
}
