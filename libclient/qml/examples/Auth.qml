// SPDX-License-Identifier: MIT
import QtQml
import Hubbub.SocketIo

QtObject {
    id: root

    required property url server
    property string token
    property string reason // why the server refuses us; ask for another token then

    function signIn(token: string) {
        root.token = token;
        socket.connectToServer(); // after a refusal it does not try again by itself
    }

    property Socket socket: Socket {
        id: socket

        url: root.server
        nsp: "/guarded"
        auth: ({ token: root.token }) // read anew for each connect
        onJoined: root.reason = ""
        onConnectFailed: (code, message, data) => {
            if (code === "connect-refused")
                root.reason = data.hint;
        }
    }
}
