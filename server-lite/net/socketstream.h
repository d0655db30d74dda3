// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/net/streamlistener.h"

#include <QtCore/QByteArrayView>
#include <QtCore/QObject>
#include <QtNetwork/QTcpSocket>

#include <memory>

namespace Hubbub
{

/// A connected QTcpSocket or QSslSocket with the face of an EpollStream: for TLS, and for event loops of Qt's
/// own. Thread: the socket's.
class SocketStream final : public QObject
{
    Q_OBJECT
public:
    /// What the socket holds unread by now is not told any more. Silent until somebody listens.
    explicit SocketStream(std::unique_ptr<QTcpSocket> socket);
    ~SocketStream() override;

    /// Null for none. Not owned.
    void setListener(StreamListener *listener) { m_listener = listener; }

    qintptr descriptor() const { return m_socket ? m_socket->socketDescriptor() : -1; }
    qint64 waitingBytes() const; ///< not taken by the kernel yet

    void send(std::span<const QByteArrayView> chunks);
    void send(QByteArrayView chunk);
    /// While off, what the peer sends stays with the kernel but for some KB, and TLS may not see its end.
    void setReading(bool on);
    /// Takes nothing to send any more, and tells the peer so after what waits was sent; but QSslSocket cannot
    /// say it in one direction, so with TLS nothing is told yet. What the peer says meanwhile is still heard.
    void shutDown();
    /// After shutDown(), when the peer has nothing more to say either: ends both directions once all is sent.
    void endWithPeer();
    /// After shutDown(), for a peer that broke the rules and may go on talking: ends our direction below TLS.
    void endAlone();
    /// Ends the connection without what waits to be sent.
    void close();
    /// Gives back the buffers of an idle connection.
    void trim();

private:
    void receive();
    void wasSent();
    void ended();

    std::unique_ptr<QTcpSocket> m_socket; ///< null once it is over
    StreamListener *m_listener = nullptr;
    bool m_isSecure;
    bool m_reading = true;
    bool m_closing = false; ///< takes no more to send
    bool m_endsAlone = false;
};

} // namespace Hubbub
