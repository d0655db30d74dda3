// SPDX-License-Identifier: MIT
// A person as a disc with initials, or a room as a tinted square. The colour comes from the id, so it is the same everywhere.
// Avatar { name: person.name; userId: person.id; presence: PresenceMark.Online }   Avatar { room: true; name: room.name; userId: room.id }
import QtQuick
import Hubbub.Ui

Item {
    id: root

    property string name
    property string userId: name
    property int slot: Ui.nameSlot(userId)
    property int size: Metrics.avatar
    property int presence: PresenceMark.None
    property bool room: false
    /// Drawn instead of the letters; rooms have "hash" unless told otherwise.
    property string iconName: room ? "hash" : ""
    /// The surface behind, for the rim round the presence mark.
    property color ring: Theme.surface

    readonly property var presenceNames: ["", qsTr("online"), qsTr("away"), qsTr("busy"), qsTr("offline")]

    implicitWidth: size
    implicitHeight: size
    Accessible.role: Accessible.Graphic
    Accessible.name: presence === PresenceMark.None ? name : qsTr("%1, %2").arg(name).arg(presenceNames[presence])

    Rectangle {
        anchors.fill: parent
        radius: root.room ? Metrics.radiusCard : width / 2
        color: Theme.nameTint(root.slot)
    }
    Icon {
        anchors.centerIn: parent
        visible: root.iconName !== ""
        name: root.iconName
        size: root.size >= Metrics.px(28) ? Metrics.icon : Metrics.px(14)
        color: Theme.nameColor(root.slot)
    }
    HText {
        anchors.centerIn: parent
        visible: root.iconName === ""
        text: Ui.initials(root.name)
        font: Fonts.make(Fonts.family, Math.max(8, Math.round(root.size * 0.36 / Metrics.scale)), Font.DemiBold)
        color: Theme.nameColor(root.slot)
        Accessible.ignored: true
    }
    PresenceMark {
        anchors.right: parent.right
        anchors.rightMargin: -Metrics.hairline
        anchors.bottom: parent.bottom
        anchors.bottomMargin: -Metrics.hairline
        visible: root.presence !== PresenceMark.None
        size: Metrics.px(14)
        presence: root.presence
        ring: root.ring
        color: [Theme.textMuted, Theme.presenceOnline, Theme.presenceAway, Theme.presenceBusy, Theme.presenceOffline][root.presence]
    }
}
