// SPDX-License-Identifier: MIT
#include "server-lite/transport/websockethandshake.h"

#include <QtCore/QCoreApplication>
#include <QtNetwork/QTcpSocket>
#include <QtWebSockets/QWebSocket>

#include <algorithm>
#include <limits>
#include <memory>

namespace EngineIo
{

namespace
{

/// A socket to nowhere: read from it is the request, what is written to it is the answer. It says nothing
/// when it is closed, since nobody but its maker may destroy it.
class RequestSocket final : public QTcpSocket
{
public:
    explicit RequestSocket(QByteArray request)
        : m_unread(std::move(request))
    {
        setSocketState(ConnectedState);
        QIODevice::open(ReadWrite | Unbuffered);
    }
    ~RequestSocket() override { setSocketState(UnconnectedState); }

    const QByteArray &written() const { return m_written; }
    /// Whoever holds it has nothing to close any more.
    void leave()
    {
        setSocketState(UnconnectedState);
        Q_EMIT stateChanged(UnconnectedState);
    }

    qint64 bytesAvailable() const override { return m_unread.size() + QIODevice::bytesAvailable(); }
    void close() override { QIODevice::close(); }

protected:
    qint64 readData(char *data, qint64 size) override
    {
        const qint64 taken = std::min<qint64>(size, m_unread.size());
        std::copy_n(m_unread.constData(), taken, data); // also of nothing, to nowhere
        m_unread.remove(0, taken);
        return taken;
    }
    qint64 readLineData(char *data, qint64 size) override
    {
        const qsizetype end = m_unread.indexOf('\n');
        return readData(data, end < 0 ? size : std::min<qint64>(size, end + 1));
    }
    qint64 writeData(const char *data, qint64 size) override
    {
        m_written.append(data, size);
        return size;
    }

private:
    QByteArray m_unread;
    QByteArray m_written;
};

} // namespace

WebSocketHandshake::WebSocketHandshake()
    : m_server(QStringLiteral("hubbub"), QWebSocketServer::NonSecureMode)
{
    m_server.setMaxPendingConnections(std::numeric_limits<int>::max());
}

QByteArray WebSocketHandshake::answerTo(const QByteArray &key, const QByteArray &subprotocol)
{
    // What the handshake needs: the rest of the request was checked, and is kept, by us.
    RequestSocket socket("GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                         "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
                         + key + "\r\n\r\n");
    m_server.handleConnection(&socket);
    // It reads the request from the event loop, for the sake of QSslSocket; this one has it all.
    QCoreApplication::sendPostedEvents(&m_server, QEvent::MetaCall);
    const std::unique_ptr<QWebSocket> made(m_server.nextPendingConnection());
    socket.leave();
    if (!made)
        return {};
    QByteArray answer = socket.written();
    // Not through QWebSocketServer, which drops whoever sends a line of more than 8 KB.
    if (!subprotocol.isEmpty())
        answer.insert(answer.size() - 2, "Sec-WebSocket-Protocol: " + subprotocol + "\r\n");
    return answer;
}

} // namespace EngineIo
