// SPDX-License-Identifier: MIT
// Fonts by role. Use: `font: Fonts.body`. The "num" cuts have tabular figures, for times, counters and tables;
// mono is for what a machine reads: ids, events, addresses, codes. All are drawn without hinting.
pragma Singleton
import QtQuick

QtObject {
    id: root

    readonly property string family: "Inter"
    readonly property string numFamily: "Inter Num"
    readonly property string monoFamily: "JetBrains Mono"

    readonly property font caption: make(family, 11, Font.Normal)
    readonly property font captionMedium: make(family, 11, Font.Medium)
    readonly property font captionStrong: make(family, 11, Font.DemiBold)
    readonly property font small: make(family, 12, Font.Normal)
    readonly property font smallMedium: make(family, 12, Font.Medium)
    readonly property font smallStrong: make(family, 12, Font.DemiBold)
    readonly property font label: make(family, 13, Font.Medium)
    readonly property font labelStrong: make(family, 13, Font.DemiBold)
    readonly property font control: make(family, 13, Font.Normal)
    readonly property font body: make(family, 14, Font.Normal)
    readonly property font bodyMedium: make(family, 14, Font.Medium)
    readonly property font bodyStrong: make(family, 14, Font.DemiBold)
    readonly property font subtitle: make(family, 16, Font.DemiBold)
    readonly property font title: make(family, 20, Font.DemiBold)
    readonly property font display: make(family, 28, Font.DemiBold)

    readonly property font numCaption: make(numFamily, 11, Font.Normal)
    readonly property font numCaptionStrong: make(numFamily, 11, Font.DemiBold)
    readonly property font numSmall: make(numFamily, 12, Font.Normal)
    readonly property font numSmallMedium: make(numFamily, 12, Font.Medium)
    readonly property font numSmallStrong: make(numFamily, 12, Font.DemiBold)
    readonly property font numLabel: make(numFamily, 13, Font.Medium)
    readonly property font numControl: make(numFamily, 13, Font.Normal)
    readonly property font numDisplay: make(numFamily, 28, Font.DemiBold)

    readonly property font monoSmall: make(monoFamily, 12, Font.Normal)
    readonly property font mono: make(monoFamily, 13, Font.Normal)
    readonly property font monoBody: make(monoFamily, 14, Font.Normal)
    readonly property font monoLarge: make(monoFamily, 20, Font.Normal)
    readonly property font monoDisplay: make(monoFamily, 28, Font.Normal)

    /// For the rare size that is no role: `Fonts.make(Fonts.family, 18, Font.DemiBold)`; the size is scaled.
    function make(name: string, size: int, weight: int): font {
        return Qt.font({
            family: name,
            pixelSize: Metrics.px(size),
            weight: weight,
            hintingPreference: Font.PreferNoHinting
        });
    }
}
