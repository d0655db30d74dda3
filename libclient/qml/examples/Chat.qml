// SPDX-License-Identifier: MIT
import QtQuick
import Hubbub.SocketIo

Item {
    id: root

    property alias server: chat.url
    property alias token: chat.token
    property string room: "lobby"
    readonly property ChatSocket chat: chat
    readonly property string typing: Array.from(chat.typingUsers, user => user.username).join(", ")

    Component.onCompleted: chat.joinRoom(room)

    ChatSocket {
        id: chat

        onMessageFailed: (text, code, message) => notice.text = message
    }

    ListView {
        anchors.fill: parent
        model: chat.messages
        delegate: Text {
            required property string username
            required property string content

            textFormat: Text.PlainText // what people write is never markup
            text: username + ": " + content
        }
    }

    TextInput {
        id: input

        anchors.bottom: parent.bottom
        enabled: chat.currentRoom !== ""
        onTextEdited: text === "" ? chat.stopTyping() : chat.startTyping()
        onAccepted: {
            chat.sendMessage(text);
            clear();
        }
    }

    Text {
        id: notice

        textFormat: Text.PlainText
        text: chat.error
    }
}
