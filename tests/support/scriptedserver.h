// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QCryptographicHash>
#include <QtCore/QUrl>
#include <QtNetwork/QTcpServer>
#include <QtNetwork/QTcpSocket>
#include <QtWebSockets/QWebSocket>
#include <QtWebSockets/QWebSocketServer>

#include <functional>

/// A WebSocket server on loopback that says what its test tells it to. Thread: the test's.
class ScriptedServer
{
public:
    std::function<void(QWebSocket *peer)> onConnected;
    std::function<void(QWebSocket *peer, const QString &text)> onText;

    ScriptedServer()
    {
        m_server.listen(QHostAddress::LocalHost);
        QObject::connect(&m_server, &QWebSocketServer::newConnection, &m_server, [this] {
            while (QWebSocket *peer = m_server.nextPendingConnection()) {
                peer->setParent(&m_server);
                ++m_connections;
                QObject::connect(peer, &QWebSocket::textMessageReceived, peer,
                                 [this, peer](const QString &text) {
                                     m_received.append(text);
                                     if (onText)
                                         onText(peer, text);
                                 });
                QObject::connect(peer, &QWebSocket::disconnected, peer, &QObject::deleteLater);
                if (onConnected)
                    onConnected(peer);
            }
        });
    }

    QUrl url() const { return QUrl(QStringLiteral("http://127.0.0.1:%1").arg(m_server.serverPort())); }
    int connections() const { return m_connections; }
    const QStringList &received() const { return m_received; }

private:
    QWebSocketServer m_server{QStringLiteral("scripted"), QWebSocketServer::NonSecureMode};
    int m_connections = 0;
    QStringList m_received;
};

/// A TCP server on loopback that answers the first bytes it gets with bytes of the test's. Thread: the
/// test's.
class RawServer
{
public:
    explicit RawServer(QByteArray answer, bool thenHangUp)
    {
        m_server.listen(QHostAddress::LocalHost);
        QObject::connect(&m_server, &QTcpServer::newConnection, &m_server, [this, answer, thenHangUp] {
            while (QTcpSocket *peer = m_server.nextPendingConnection()) {
                QObject::connect(peer, &QTcpSocket::readyRead, peer, [peer, answer, thenHangUp] {
                    peer->readAll();
                    peer->write(answer);
                    if (thenHangUp)
                        peer->disconnectFromHost();
                });
            }
        });
    }

    QUrl url() const { return QUrl(QStringLiteral("http://127.0.0.1:%1").arg(m_server.serverPort())); }

private:
    QTcpServer m_server;
};

/// A server on loopback that answers WebSocket handshakes by hand and then says exact bytes, lawful or not.
/// Thread: the test's.
class BytesServer
{
public:
    /// Gets the connection once the handshake is answered.
    std::function<void(QTcpSocket *peer)> onUpgraded;
    QByteArray together; ///< bytes in one piece with the answer

    BytesServer()
    {
        m_server.listen(QHostAddress::LocalHost);
        QObject::connect(&m_server, &QTcpServer::newConnection, &m_server, [this] {
            QTcpSocket *peer = m_server.nextPendingConnection();
            QObject::connect(peer, &QTcpSocket::readyRead, peer, [this, peer] { answer(peer); });
        });
    }

    QUrl url() const { return QUrl(QStringLiteral("ws://127.0.0.1:%1/").arg(m_server.serverPort())); }

    /// An unmasked frame with that first byte.
    static QByteArray frame(uchar first, const QByteArray &payload)
    {
        QByteArray bytes(1, char(first));
        if (payload.size() < 126)
            bytes.append(char(payload.size()));
        else
            bytes.append(char(126)).append(char(payload.size() >> 8)).append(char(payload.size()));
        return bytes + payload;
    }

private:
    void answer(QTcpSocket *peer)
    {
        const QByteArray field = "Sec-WebSocket-Key: ";
        const QByteArray request = peer->peek(4096);
        if (!request.contains("\r\n\r\n"))
            return;
        peer->skip(request.size());
        const qsizetype at = request.indexOf(field) + field.size();
        const QByteArray key = request.mid(at, request.indexOf("\r\n", at) - at);
        const QByteArray accept =
            QCryptographicHash::hash(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11", QCryptographicHash::Sha1);
        QObject::disconnect(peer, &QTcpSocket::readyRead, nullptr, nullptr);
        peer->write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    "Sec-WebSocket-Accept: "
                    + accept.toBase64() + "\r\n\r\n" + together);
        if (onUpgraded)
            onUpgraded(peer);
    }

    QTcpServer m_server;
};
