// SPDX-License-Identifier: MIT
// The name a person appears under, and the pencil that changes it in place.
import QtQuick
import QtQuick.Layouts
import Hubbub.App as App
import Hubbub.Ui

RowLayout {
    id: root

    property bool editing: App.Settings.name === ""

    /// Leads its own line instead of closing one.
    property bool narrow: false

    spacing: Metrics.s12

    function keep(): void {
        const name = field.text.trim();
        if (name !== "") {
            App.Settings.name = name;
            root.editing = false;
        }
    }
    function edit(): void {
        root.editing = true;
        field.text = App.Settings.name;
        field.forceActiveFocus();
        field.selectAll();
    }

    Column {
        Layout.alignment: Qt.AlignVCenter
        visible: !root.editing
        spacing: Metrics.s2

        HText {
            id: lead
            width: Math.max(implicitWidth, who.implicitWidth)
            horizontalAlignment: root.narrow ? Text.AlignLeft : Text.AlignRight
            text: qsTr("You appear as")
            font: Fonts.caption
            color: Theme.textSecondary
        }
        HText {
            id: who
            width: lead.width
            horizontalAlignment: lead.horizontalAlignment
            text: App.Settings.name
            font: Fonts.labelStrong
        }
    }
    HTextField {
        id: field
        objectName: "nameField"
        Layout.preferredWidth: Metrics.px(200)
        visible: root.editing
        placeholderText: qsTr("Your name")
        maximumLength: 40
        text: App.Settings.name
        Accessible.name: qsTr("Your name")
        onAccepted: root.keep()
        onEditingFinished: root.keep()
    }
    Avatar {
        size: Metrics.px(40)
        name: App.Settings.name
        iconName: App.Settings.name === "" ? "person" : ""
        userId: App.Settings.userId
        ring: Theme.window
    }
    IconButton {
        objectName: "editName"
        iconName: root.editing ? "check" : "pencil"
        iconSize: Metrics.iconSmall
        enabled: !root.editing || field.text.trim() !== ""
        text: root.editing ? qsTr("Keep this name") : qsTr("Change your name")
        onClicked: root.editing ? root.keep() : root.edit()
    }
}
