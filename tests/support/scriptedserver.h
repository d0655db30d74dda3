// SPDX-License-Identifier: MIT
#pragma once

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
