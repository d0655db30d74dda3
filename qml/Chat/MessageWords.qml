// SPDX-License-Identifier: MIT
// What a message says. Without links it is plain text; with links a text of its own, which never holds the message
// as it came.
pragma ComponentBehavior: Bound
import QtQuick
import Hubbub.App
import Hubbub.Ui

Item {
    id: root

    property string text
    /// LinkedText.addresses(text)
    property var links: []
    /// The address under the pointer.
    readonly property string hoveredLink: pointer.hovered ? linkAt(pointer.point.position) : ""

    function linkAt(place: point): string {
        const name = linked.count > 0 ? (linked.itemAt(0) as Text).linkAt(place.x, place.y) : "";
        return name === "" ? "" : links[Number(name)] ?? "";
    }

    implicitHeight: linked.count > 0 ? linked.itemAt(0).implicitHeight : plain.implicitHeight
    height: implicitHeight

    HoverHandler {
        id: pointer
        enabled: root.links.length > 0
    }
    // A handler of Qt 6.4 keeps the shape that it had when the pointer came in.
    MouseArea {
        anchors.fill: parent
        visible: root.links.length > 0
        acceptedButtons: Qt.NoButton
        cursorShape: root.hoveredLink === "" ? Qt.ArrowCursor : Qt.PointingHandCursor
    }
    // Not the Text's own way, which opens a link by any button of the mouse.
    TapHandler {
        enabled: root.links.length > 0
        onTapped: (eventPoint) => {
            const link = root.linkAt(eventPoint.position);
            if (link !== "" && tapCount === 1) // a double click opens it once
                Browser.open(link);
        }
    }
    HText {
        id: plain
        width: parent.width
        visible: linked.count === 0
        text: root.links.length > 0 ? "" : root.text
        wrapMode: Text.Wrap
        lineHeightMode: Text.FixedHeight
        lineHeight: Metrics.textLine
        Accessible.ignored: true
    }
    Repeater {
        id: linked
        model: root.links.length > 0 ? 1 : 0

        HText {
            objectName: "linkedWords"
            width: root.width
            textFormat: Text.StyledText
            text: LinkedText.markup(root.text)
            linkColor: Theme.link
            wrapMode: Text.Wrap
            lineHeightMode: Text.FixedHeight
            lineHeight: Metrics.textLine
            Accessible.ignored: true
        }
    }
}
