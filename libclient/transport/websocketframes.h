// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/engineiopacket.h"
#include "libclient/protocol/websocketdecoder.h"
#include "libclient/protocol/websocketencoder.h"

#include <QtCore/QObject>
#include <QtCore/QPointer>
#include <QtNetwork/QTcpSocket>

namespace EngineIo
{

/// The frames of a WebSocket connection whose handshake is done, read from and written to the socket below:
/// text stays the UTF-8 it comes as, and many messages are taken out of one read. Pings are answered here;
/// whoever did the handshake closes. Thread: the one that made it; may be destroyed by its listener.
class WebSocketFrames final : public QObject
{
    Q_OBJECT
public:
    class Listener
    {
    public:
        virtual void textReceived(QByteArrayView text) = 0; ///< valid UTF-8; the bytes go with the call
        virtual void binaryReceived(QByteArrayView data) = 0;
        /// The peer says goodbye, or broke the rules: the code and reason to close with. The last call.
        virtual void closeNeeded(quint16 code, const QString &reason) = 0;

    protected:
        ~Listener() = default;
    };

    /// The most that is read before the event loop has a turn.
    static constexpr qint64 bytesAtOnce = 64 * 1024;

    /// Reads only in readWaiting(), which is to be called when the socket has something.
    WebSocketFrames(QTcpSocket *socket, Listener *listener, qint64 maxMessageBytes);

    void readWaiting();
    void send(const Packet &packet);
    void trim(); ///< gives back the buffers of a socket without TLS, if they are empty
    void stop() { m_over = true; } ///< nothing is heard from it any more

private:
    void take(QByteArray bytes);
    void takeControl(QByteArrayView frame);
    void answerPing(QByteArrayView payload);
    void answerClose(QByteArrayView payload);
    void write(Hubbub::WebSocketOpcode opcode, QByteArrayView head, QByteArrayView body);
    void end(quint16 code, const QString &reason);

    QPointer<QTcpSocket> m_socket; ///< not owned
    Listener *m_listener;
    Hubbub::WebSocketDecoder m_decoder;
    bool m_over = false; ///< what comes after a goodbye is nobody's
};

} // namespace EngineIo
