// SPDX-License-Identifier: MIT
import QtQml
import Hubbub.SocketIo

QtObject {
    id: root

    required property url server
    property var headlines: []

    function say(text: string) {
        socket.emitEvent("say", [text, { at: Date.now() }]); // waits here while offline, goes out in order
    }

    property Socket socket: Socket {
        id: socket

        url: root.server
        onEventReceived: (name, args) => {
            if (name === "news")
                root.headlines = root.headlines.concat(args[0].title);
        }
    }
}
