// SPDX-License-Identifier: MIT
// Several lines of text to type. In a composer that draws its own frame: HTextArea { bare: true }
import QtQuick
import QtQuick.Templates as T
import Hubbub.Ui

T.TextArea {
    id: root

    property bool error: false
    property bool bare: false

    implicitWidth: Metrics.px(240)
    implicitHeight: Math.max(Metrics.control, contentHeight + topPadding + bottomPadding)
    leftPadding: bare ? 0 : Metrics.s12
    rightPadding: leftPadding
    topPadding: bare ? 0 : Metrics.s8
    bottomPadding: topPadding
    font: Fonts.body
    color: enabled ? Theme.text : Theme.textMuted
    placeholderTextColor: Theme.textMuted
    selectionColor: Theme.accent
    selectedTextColor: Theme.accentInk
    textFormat: TextEdit.PlainText
    wrapMode: TextEdit.Wrap
    hoverEnabled: true
    selectByMouse: true
    // A tabulator is of no use in a message, and a field that keeps the key is a trap.
    Keys.onTabPressed: nextItemInFocusChain(true).forceActiveFocus(Qt.TabFocusReason)
    Keys.onBacktabPressed: nextItemInFocusChain(false).forceActiveFocus(Qt.BacktabFocusReason)
    Accessible.role: Accessible.EditableText
    Accessible.name: placeholderText
    Accessible.multiLine: true

    HText {
        x: root.leftPadding
        y: root.topPadding
        width: root.width - root.leftPadding - root.rightPadding
        visible: root.length === 0 && root.preeditText === ""
        text: root.placeholderText
        font: root.font
        color: root.placeholderTextColor
        Accessible.ignored: true
    }

    background: Rectangle {
        visible: !root.bare
        radius: Metrics.radiusControl
        color: root.enabled ? Theme.surface : Theme.window
        border.width: root.activeFocus || root.error ? Metrics.focusWidth : Metrics.hairline
        border.color: !root.enabled ? Theme.borderSubtle
            : root.error ? Theme.danger
            : root.activeFocus ? Theme.accent
            : root.hovered ? Theme.textSecondary : Theme.borderStrong
    }
}
