// SPDX-License-Identifier: MIT
// Says something and ends when it has heard it.
import QtQml
import Hubbub.SocketIo

QtObject {
    id: root

    required property url server

    property string heard

    property Socket socket: Socket {
        url: root.server
        onEventReceived: (name, args) => root.heard = name + " " + args[0]
        onJoined: emitEvent("say", [{ text: "from QML" }], (error, args) => {
            console.log(root.heard, error === null && args[0].success, state === ConnectionState.Online);
            Qt.quit();
        })
    }
}
