// SPDX-License-Identifier: MIT
// Durations in milliseconds. Use: `NumberAnimation { duration: Motion.normal; easing.type: Motion.easeEnter }`.
// With reduced motion every transition is 0; times that inform (toast, tool tip) stay.
pragma Singleton
import QtQuick
import Hubbub.Ui.Core

QtObject {
    readonly property bool reduced: ThemeController.reducedMotion

    readonly property int press: reduced ? 0 : 50
    readonly property int hover: reduced ? 0 : 100
    readonly property int normal: reduced ? 0 : 160
    readonly property int pane: reduced ? 0 : 200

    readonly property int ringStep: 500
    readonly property int skeletonStep: 500
    readonly property int toolTipDelay: 700
    readonly property int toast: 4000
    readonly property int flash: 1500
    readonly property int chipFade: 2000
    readonly property int skeletonDelay: 150

    readonly property int easeEnter: Easing.OutCubic
    readonly property int easeLeave: Easing.InCubic
}
