// SPDX-License-Identifier: MIT
// Tabs above a part of a pane; the current one is underlined. TabStrip { options: ["Tree", "Raw"]; onActivated: … }
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Hubbub.Ui

FocusScope {
    id: root

    property list<string> options
    property int currentIndex: 0
    property string label

    signal activated(int index)

    function choose(index: int): void {
        if (index < 0 || index >= options.length || index === currentIndex)
            return;
        currentIndex = index;
        activated(index);
    }

    implicitWidth: row.implicitWidth
    implicitHeight: Metrics.control
    Accessible.role: Accessible.PageTabList
    Accessible.name: label
    Keys.onLeftPressed: choose(currentIndex - (LayoutMirroring.enabled ? -1 : 1))
    Keys.onRightPressed: choose(currentIndex + (LayoutMirroring.enabled ? -1 : 1))

    Row {
        id: row
        height: parent.height
        spacing: Metrics.px(20)

        Repeater {
            model: root.options

            T.AbstractButton {
                id: tab

                required property int index
                required property string modelData

                implicitWidth: implicitContentWidth
                height: row.height
                text: modelData
                checked: index === root.currentIndex
                hoverEnabled: true
                focus: checked
                focusPolicy: checked ? Qt.StrongFocus : Qt.ClickFocus
                Accessible.role: Accessible.PageTab
                Accessible.name: text
                Accessible.selectable: true
                Accessible.selected: checked
                onClicked: root.choose(index)

                contentItem: HText {
                    text: tab.text
                    font: tab.checked ? Fonts.labelStrong : Fonts.control
                    color: tab.checked || tab.hovered ? Theme.text : Theme.textSecondary
                    Accessible.ignored: true
                }
                background: Item {
                    Rectangle {
                        anchors.bottom: parent.bottom
                        width: parent.width
                        height: Metrics.focusWidth
                        visible: tab.checked
                        color: Theme.accent
                    }
                    FocusRing { shown: tab.visualFocus }
                }
            }
        }
    }
}
