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
                text: session.title
                explanation: hosted ? qsTr("Hosted here.") : session.url

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
    RemoveServerDialog { id: removal }
}
