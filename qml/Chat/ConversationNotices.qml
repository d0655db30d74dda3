// SPDX-License-Identifier: MIT
// Lasting conditions under the header: refused by the server, offline by choice, the last error it told us.
import QtQuick
import Hubbub.App
import Hubbub.Ui

Column {
    id: root

    property ChatSession chat: null
    property LinkStatus link: null
    property ServerSession session: null

    readonly property bool refused: link !== null && (link.kind === "refused" || link.kind === "untrusted")
    readonly property bool resting: link !== null && link.showOfflineStrip && (link.kind === "offline" || link.kind === "closed")
    readonly property bool retrying: link !== null && link.showOfflineStrip && link.cause !== ""
        && (link.kind === "waiting" || link.kind === "connecting" || link.kind === "handshaking")
    readonly property int queued: chat?.queuedCount ?? 0
    readonly property string error: chat?.error ?? ""

    padding: refusal.visible || strip.visible || told.visible || notice.visible ? Metrics.s8 : 0
    spacing: Metrics.s8

    Banner {
        id: refusal
        objectName: "refusedBanner"
        width: root.width - 2 * Metrics.s8
        visible: root.refused
        kind: Banner.Danger
        text: root.link?.cause ?? ""
        actionText: root.link?.action ?? ""
        onActionTriggered: root.link.activate()
    }
    Banner {
        id: strip
        objectName: "offlineStrip"
        width: root.width - 2 * Metrics.s8
        visible: root.resting || root.retrying
        kind: Banner.Quiet
        text: root.retrying ? root.link.cause : root.queued === 0 ? root.link?.cause || qsTr("You’re offline.")
            : root.queued === 1 ? qsTr("You’re offline. One message waits and goes out when you’re back.")
            : qsTr("You’re offline. %1 messages wait and go out in order.").arg(root.queued)
        actionText: root.retrying ? "" : root.link?.action ?? "" // the chip has it while it counts
        onActionTriggered: root.link.activate()
    }
    Banner {
        id: told
        objectName: "errorBanner"
        width: root.width - 2 * Metrics.s8
        visible: root.error !== "" && !root.refused
        kind: Banner.Warning
        text: root.error
        closable: true
        onClosed: root.chat.dismissError()
    }
    Banner {
        id: notice
        objectName: "noticeBanner"
        width: root.width - 2 * Metrics.s8
        visible: text !== ""
        kind: Banner.Info
        text: root.session?.notice ?? ""
        closable: true
        onClosed: root.session.dismissNotice()
    }
}
