// SPDX-License-Identifier: MIT
// A menu. HMenu { HMenuItem { text: qsTr("Reply"); iconName: "reply" } HMenuSeparator {} }; open it with popup().
import QtQuick
import QtQuick.Templates as T
import Hubbub.Ui

T.Menu {
    id: root

    implicitWidth: Metrics.px(212)
    implicitHeight: implicitContentHeight + topPadding + bottomPadding
    margins: Metrics.s8
    padding: Metrics.s4
    overlap: Metrics.s4
    delegate: HMenuItem {}

    contentItem: ListView {
        implicitHeight: contentHeight
        model: root.contentModel
        interactive: contentHeight > height
        clip: interactive
        currentIndex: root.currentIndex
        T.ScrollBar.vertical: HScrollBar {}
    }
    background: PopupFrame {}
    enter: Transition {
        NumberAnimation { property: "opacity"; from: 0; to: 1; duration: Motion.normal; easing.type: Motion.easeEnter }
    }
    exit: Transition {
        NumberAnimation { property: "opacity"; from: 1; to: 0; duration: Motion.hover; easing.type: Motion.easeLeave }
    }
}
