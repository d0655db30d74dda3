// SPDX-License-Identifier: MIT
import QtQml
import Hubbub.SocketIo

QtObject {
    id: root

    required property url server
    readonly property string text: {
        switch (socket.state) {
        case ConnectionState.Offline:
            return "offline";
        case ConnectionState.Waiting:
            return "trying again at " + socket.retryAt.toLocaleTimeString();
        case ConnectionState.Online:
            return "online";
        case ConnectionState.Degraded:
            return "online, but slow";
        case ConnectionState.Refused:
        case ConnectionState.Untrusted:
        case ConnectionState.Closed:
            return socket.errorMessage; // a sentence that can be shown as it is
        default:
            return "connecting";
        }
    }

    function goOnline() { socket.connectToServer(); }
    function goOffline() { socket.disconnectFromServer(); }
    function retryNow() { socket.reconnectNow(); }

    property Socket socket: Socket {
        id: socket

        url: root.server
        autoConnect: false
    }
}
