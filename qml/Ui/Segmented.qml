// SPDX-License-Identifier: MIT
// A few choices side by side. Segmented { label: qsTr("Sign in with"); options: [qsTr("Token"), qsTr("Password")] }
pragma ComponentBehavior: Bound
import QtQuick
import Hubbub.Ui

FocusScope {
    id: root

    property list<string> options
    property int currentIndex: 0
    property string label

    signal activated(int index)

    function choose(index: int): void {
        if (index < 0 || index >= options.length || index === currentIndex)
            return;
        currentIndex = index;
        activated(index);
    }

    readonly property int inset: Metrics.s2
    readonly property real room: width - 2 * inset
    // Sum and greatest of what the words need; kept by measure() so that no layout waits for itself.
    property real needed: 0
    property real widest: 0

    function measure(): void {
        let sum = 0;
        let most = 0;
        for (let i = 0; i < segments.count; ++i) {
            const one = segments.itemAt(i)?.implicitWidth ?? 0;
            sum += one;
            most = Math.max(most, one);
        }
        needed = sum;
        widest = most;
    }
    /// Equal parts where all words fit; else each gets what it needs and the rest is shared.
    function widthFor(own: real): real {
        const equal = room / Math.max(1, options.length);
        return widest <= equal ? equal : own + Math.max(0, (room - needed) / Math.max(1, options.length));
    }

    implicitWidth: needed + 2 * inset
    implicitHeight: Metrics.control
    Accessible.role: Accessible.PageTabList
    Accessible.name: label
    Keys.onLeftPressed: choose(currentIndex - (LayoutMirroring.enabled ? -1 : 1))
    Keys.onRightPressed: choose(currentIndex + (LayoutMirroring.enabled ? -1 : 1))

    Rectangle {
        anchors.fill: parent
        radius: Metrics.radiusControl
        color: Theme.hover
    }

    Row {
        id: row
        anchors.fill: parent
        anchors.margins: root.inset

        Repeater {
            id: segments
            model: root.options
            onItemAdded: root.measure()
            onItemRemoved: root.measure()

            SegmentButton {
                required property int index
                required property string modelData

                width: root.widthFor(implicitWidth)
                height: row.height
                text: modelData
                checked: index === root.currentIndex
                enabled: root.enabled
                onClicked: root.choose(index)
                onImplicitWidthChanged: root.measure()
            }
        }
    }
}
