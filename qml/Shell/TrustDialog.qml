// SPDX-License-Identifier: MIT
// Asks whether a server is the right one when no authority vouches for it. Another certificate than the known one is
// never trusted with one click.
import QtQuick
import QtQuick.Layouts
import Hubbub.App as App
import Hubbub.Ui
import Hubbub.Shell

HDialog {
    id: root

    property App.TrustQuestion question: null
    readonly property int situation: question?.situation ?? App.TrustQuestion.Settled
    readonly property bool firstSeen: situation === App.TrustQuestion.FirstSeen
    readonly property bool changed: situation === App.TrustQuestion.OtherThanKnown
    readonly property bool damaged: situation === App.TrustQuestion.ListDamaged
    readonly property bool asking: question?.asking ?? false
    readonly property string server: question?.server ?? ""

    objectName: "trustDialog"
    kind: firstSeen ? HDialog.Info : HDialog.Danger
    iconName: firstSeen ? "shield" : "shield-alert"
    title: changed ? qsTr("This server’s identity changed")
        : damaged ? qsTr("The list of trusted servers is damaged") : qsTr("Do you trust this server?")
    subtitle: server
    // What was compared was another one, and the keyboard may still be at the button that was clicked last.
    onQuestionChanged: begin()
    onSituationChanged: begin()
    onAboutToShow: begin()
    onAskingChanged: asking ? open() : close()
    Component.onCompleted: {
        if (asking)
            open();
    }
    onRejected: question?.decline()

    function begin(): void {
        compared.checked = false;
        decline.forceActiveFocus();
    }

    HText {
        objectName: "trustText"
        Layout.fillWidth: true
        text: root.changed ? qsTr("It shows another certificate than the one you trusted. Somebody may be pretending to be it: ask the person who runs it before you go on.")
            : root.damaged ? qsTr("Without it Hubbub cannot tell a server you know from one that pretends to be it. Mend the file, or put it aside: every server is then asked about as if it were new.")
            : qsTr("No authority vouches for it, which is usual at home and in small offices. Nothing was sent yet. Compare this fingerprint with the one that the person who runs the server reads to you. If they differ, somebody else is answering in its place.")
        wrapMode: Text.WordWrap
    }
    GridLayout {
        Layout.fillWidth: true
        visible: !root.damaged
        columns: root.changed && root.availableWidth >= 2 * shown.implicitWidth + columnSpacing ? 2 : 1
        columnSpacing: Metrics.s8
        rowSpacing: Metrics.s4

        Fingerprint {
            objectName: "knownFingerprint"
            Layout.fillWidth: true
            visible: root.changed
            label: qsTr("SHA-256, as you trusted it")
            lines: root.question?.knownFingerprint ?? []
        }
        Fingerprint {
            id: shown
            objectName: "shownFingerprint"
            Layout.fillWidth: true
            label: root.changed ? qsTr("SHA-256, as it is now") : qsTr("SHA-256 fingerprint")
            lines: root.question?.fingerprint ?? []
        }
    }
    HText {
        objectName: "trustWhy"
        Layout.fillWidth: true
        visible: text !== "" && !root.changed
        text: root.question?.why ?? ""
        font: Fonts.small
        color: Theme.textSecondary
        wrapMode: Text.Wrap
    }
    HCheckBox {
        id: compared
        objectName: "trustCompared"
        Layout.topMargin: -Metrics.s12
        visible: root.changed
        text: qsTr("I compared it with the person who runs it")
    }
    HText {
        objectName: "trustProblem"
        Layout.fillWidth: true
        visible: text !== ""
        text: root.question?.problem ?? ""
        font: Fonts.small
        color: Theme.danger
        wrapMode: Text.Wrap
        Accessible.role: Accessible.AlertMessage
    }

    buttons: [
        HButton {
            objectName: "trustAnew"
            visible: !root.firstSeen
            enabled: root.damaged || root.changed && compared.checked
            kind: HButton.RiskOutline
            text: root.damaged ? qsTr("Put the list aside") : qsTr("Trust the new one")
            onClicked: root.damaged ? root.question.startOver() : root.question.trustAnew()
        },
        HButton {
            id: decline
            objectName: "trustDecline"
            focus: true
            kind: root.firstSeen ? HButton.Second : HButton.Main
            text: qsTr("Don’t connect")
            onClicked: root.question.decline()
        },
        HButton {
            objectName: "trustAccept"
            visible: root.firstSeen
            enabled: root.firstSeen
            kind: HButton.Main
            text: qsTr("Trust this server")
            onClicked: root.question.trust()
        }
    ]
}
