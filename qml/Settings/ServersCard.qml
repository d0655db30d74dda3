// SPDX-License-Identifier: MIT
// The servers in the list, each with the way out of it.
pragma ComponentBehavior: Bound
import QtQuick
import Hubbub.App as App
import Hubbub.Ui
import Hubbub.Settings

Card {
    id: root

    title: qsTr("Servers")

    Column {
        width: parent.width
        spacing: Metrics.s16

        Repeater {
            model: App.Servers

            SettingRow {
                id: row

                required property App.ServerSession session
                required property bool hosted

                width: parent.width
                stacked: session.trust.known && width < Metrics.px(480)
                text: session.title
                explanation: hosted ? qsTr("Hosted here.") : session.trust.known ? qsTr("%1 · you trust its certificate").arg(session.url) : session.url

                Row {
                    spacing: Metrics.s8

                    HButton {
                        objectName: "forgetCertificate"
                        visible: row.session.trust.known
                        text: qsTr("Forget certificate")
                        Accessible.name: qsTr("Forget the certificate of %1").arg(row.session.title)
                        onClicked: row.session.trust.forget()
                    }
                    HButton {
                        objectName: "removeServer"
                        enabled: !row.hosted || App.Host.state === App.Host.Stopped || App.Host.state === App.Host.Failed
                        kind: HButton.RiskOutline
                        text: qsTr("Remove")
                        Accessible.name: qsTr("Remove %1").arg(row.session.title)
                        onClicked: removal.ask(row.session)
                    }
                }
            }
        }
    }
    RemoveServerDialog { id: removal }
}
