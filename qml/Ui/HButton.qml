// SPDX-License-Identifier: MIT
// A button with words. One HButton.Main per card, dialog or pane.
// HButton { kind: HButton.Main; text: qsTr("Connect"); iconName: "globe"; onClicked: … }
import QtQuick
import QtQuick.Templates as T
import Hubbub.Ui

T.Button {
    id: root

    enum Kind { Main, Second, Risk, RiskOutline, Quiet }

    property int kind: HButton.Second
    property string iconName
    property bool small: false
    /// In a dialog the ring shows what Enter answers, also where nobody pressed Tab to get there.
    property bool answers: false

    readonly property bool filled: kind === HButton.Main || kind === HButton.Risk
    readonly property color ink: !enabled ? Theme.textMuted
        : kind === HButton.Main ? Theme.accentInk
        : kind === HButton.Risk ? Theme.riskInk
        : kind === HButton.RiskOutline ? Theme.danger
        : kind === HButton.Quiet ? Theme.link : Theme.text

    function fill(): color {
        if (!enabled)
            return filled ? Theme.hover : "transparent";
        if (kind === HButton.Main)
            return down ? Theme.accentPressed : hovered ? Theme.accentHover : Theme.accent;
        if (kind === HButton.Risk)
            return down ? Theme.riskPressed : hovered ? Theme.riskHover : Theme.risk;
        if (down)
            return Theme.selected;
        if (hovered)
            return Theme.hover;
        return kind === HButton.Quiet ? "transparent" : Theme.surface;
    }

    implicitWidth: implicitContentWidth + leftPadding + rightPadding
    implicitHeight: small ? Metrics.controlSmall : Metrics.control
    horizontalPadding: small ? Metrics.s8 : Metrics.s12
    spacing: Metrics.s8
    font: small ? Fonts.smallStrong : Fonts.labelStrong
    hoverEnabled: true
    focusPolicy: Qt.StrongFocus
    Accessible.role: Accessible.Button
    Accessible.name: text
    Keys.onReturnPressed: root.clicked()
    Keys.onEnterPressed: root.clicked()

    // qmllint disable deferred-property-id
    contentItem: Item {
        implicitWidth: words.implicitWidth + (glyph.visible ? glyph.width + root.spacing : 0)
        implicitHeight: words.implicitHeight

        Row {
            anchors.centerIn: parent
            height: parent.height
            spacing: root.spacing

            Icon {
                id: glyph
                anchors.verticalCenter: parent.verticalCenter
                visible: root.iconName !== ""
                name: root.iconName
                size: Metrics.iconSmall
                color: root.ink
            }
            HText {
                id: words
                anchors.verticalCenter: parent.verticalCenter
                width: Math.min(implicitWidth, root.availableWidth - (glyph.visible ? glyph.width + root.spacing : 0))
                text: root.text
                font: root.font
                color: root.ink
                Accessible.ignored: true
            }
        }
    }

    background: Rectangle {
        radius: Metrics.radiusControl
        color: root.fill()
        border.width: root.filled || root.kind === HButton.Quiet ? 0 : Metrics.hairline
        border.color: !root.enabled ? Theme.borderSubtle
            : root.kind === HButton.RiskOutline ? Theme.danger : Theme.borderStrong
        Behavior on color { ColorAnimation { duration: root.down ? Motion.press : Motion.hover } }

        FocusRing { shown: root.visualFocus || root.answers && root.activeFocus }
    }
}
