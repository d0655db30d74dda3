// SPDX-License-Identifier: MIT
// Sizes in pixels, scaled by the text size the person chose. Use: `height: Metrics.header`, or Metrics.px(20)
// for a size that belongs to one control alone.
pragma Singleton
import QtQuick
import Hubbub.Ui.Core

QtObject {
    id: root

    readonly property real scale: ThemeController.textScale

    function px(size: real): int {
        return Math.round(size * root.scale);
    }

    // Spacing: 8 inside a control and between related things, 16 between groups, 24 at the edge of a page.
    readonly property int s2: px(2)
    readonly property int s4: px(4)
    readonly property int s8: px(8)
    readonly property int s12: px(12)
    readonly property int s16: px(16)
    readonly property int s24: px(24)
    readonly property int s32: px(32)
    readonly property int s48: px(48)

    readonly property int radiusTag: px(4)
    readonly property int radiusControl: px(6)
    readonly property int radiusCard: px(8)
    readonly property int radiusRail: px(10)
    readonly property int radiusDialog: px(12)

    readonly property real wrappedLine: 1.16 // on top of the 1.21 of the font itself: 1.4 in all

    readonly property int hairline: 1
    readonly property int focusWidth: 2
    readonly property int focusOffset: 3
    readonly property int selectionBar: 3

    readonly property int header: px(56)
    readonly property int control: px(32)
    readonly property int controlSmall: px(24)
    readonly property int row: px(32)
    readonly property int roomRow: px(52)
    readonly property int personRow: px(40)
    readonly property int menuRow: px(30)
    readonly property int textLine: px(20)
    readonly property int strip: px(20)
    readonly property int statusColumn: px(28)
    readonly property int avatar: px(36)

    readonly property int iconTiny: px(12)
    readonly property int iconSmall: px(16)
    readonly property int icon: px(20)
    readonly property int iconLarge: px(24)

    readonly property int rail: px(64)
    readonly property int roomList: px(280)
    readonly property int sidePanel: px(300)
    readonly property int consoleList: px(200)
    readonly property int timelineMin: px(360)
    readonly property int textColumnMax: px(720)

    // Window widths at which columns give way; they follow the text size, so 200 % behaves like half the width.
    readonly property int wide: px(1200)
    readonly property int medium: px(900)
    readonly property int narrow: px(640)
}
