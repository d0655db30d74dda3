// SPDX-License-Identifier: MIT
// One line of text to type. HTextField { placeholderText: qsTr("Room name"); error: !model.valid }
import QtQuick
import QtQuick.Templates as T
import Hubbub.Ui

T.TextField {
    id: root

    property string iconName
    property bool error: false
    /// Says what is wrong or wanted; spoken after the name. Show it below the field yourself.
    property string helpText
    /// What it is for, as a screen reader says it.
    property string spokenName: placeholderText
    property bool mono: false

    // Qt 6.4 keeps the name of a password field from everybody, so the description says it.
    readonly property string spokenHelp: echoMode === TextInput.Normal ? helpText
        : helpText === "" ? spokenName : spokenName + ". " + helpText

    implicitWidth: Metrics.px(240)
    implicitHeight: Metrics.control
    leftPadding: iconName === "" ? Metrics.s12 : Metrics.px(34)
    rightPadding: Metrics.s12
    topPadding: 0
    bottomPadding: 0
    font: mono ? Fonts.mono : Fonts.control
    color: enabled ? Theme.text : Theme.textMuted
    placeholderTextColor: Theme.textMuted
    selectionColor: Theme.accent
    selectedTextColor: Theme.accentInk
    verticalAlignment: TextInput.AlignVCenter
    hoverEnabled: true
    selectByMouse: true
    Accessible.role: Accessible.EditableText
    Accessible.name: spokenName
    Accessible.description: spokenHelp
    // The template puts the placeholder there as soon as somebody listens.
    Accessible.onDescriptionChanged: {
        if (Accessible.description !== spokenHelp)
            Accessible.description = Qt.binding(() => root.spokenHelp);
    }

    Icon {
        visible: root.iconName !== ""
        anchors.left: parent.left
        anchors.leftMargin: Metrics.px(10)
        anchors.verticalCenter: parent.verticalCenter
        name: root.iconName
        size: Metrics.iconSmall
        color: Theme.textSecondary
    }

    HText {
        anchors.left: parent.left
        anchors.leftMargin: root.leftPadding
        width: root.width - root.leftPadding - root.rightPadding
        height: parent.height
        visible: root.length === 0 && root.preeditText === ""
        text: root.placeholderText
        font: root.font
        color: root.placeholderTextColor
        Accessible.ignored: true
    }

    background: Rectangle {
        radius: Metrics.radiusControl
        color: root.enabled ? Theme.surface : Theme.window
        border.width: root.activeFocus || root.error ? Metrics.focusWidth : Metrics.hairline
        border.color: !root.enabled ? Theme.borderSubtle
            : root.error ? Theme.danger
            : root.activeFocus ? Theme.accent
            : root.hovered ? Theme.textSecondary : Theme.borderStrong
    }
}
