// SPDX-License-Identifier: MIT
import QtQml
import Hubbub.SocketIo

QtObject {
    id: root

    required property url server
    property string answer

    function ask(question: string) {
        // Called once, whatever happens: with an error that has a code and a message, or with the answer.
        socket.emitEvent("ask", [question], (error, args) => {
            root.answer = error ? error.code : args[0];
        });
    }

    property Socket socket: Socket {
        id: socket

        url: root.server
        // The server asks: answer.send() may be called later, too.
        onQuestionReceived: (name, args, answer) => {
            if (name === "add")
                answer.send([args[0] + args[1]]);
        }
    }
}
