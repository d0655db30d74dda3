// SPDX-License-Identifier: MIT
import QtQml
import Hubbub.SocketIo

QtObject {
    id: root

    required property url server
    required property string knownHosts // a file; what is trusted once is trusted after a restart
    readonly property bool asks: socket.state === ConnectionState.Untrusted
    readonly property string fingerprint: socket.untrustedFingerprint // SHA256:5B:0C:…, to compare
    readonly property string problem: socket.errorMessage

    function trust(shown: string) { return socket.trustCertificate(shown); } // connects, too
    function cancel() { socket.disconnectFromServer(); }

    property Socket socket: Socket {
        id: socket

        url: root.server
        knownHosts: root.knownHosts
    }
}
