// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QUrl>
#include <QtNetwork/QTcpServer>
#include <QtNetwork/QTcpSocket>

#include <functional>
#include <memory>

/// An HTTP server on loopback whose answers the test gives. Thread: the test's.
class HttpScript
{
public:
    /// Gives the answer, byte for byte; an empty one is none.
    std::function<QByteArray(const QByteArray &head, const QByteArray &body)> onRequest;
    /// Instead, for tests that do more with the connection than answer.
    std::function<void(QTcpSocket *peer, const QByteArray &head, const QByteArray &body)> onAsked;

    HttpScript()
    {
        m_server.listen(QHostAddress::LocalHost);
        QObject::connect(&m_server, &QTcpServer::newConnection, &m_server, [this] {
            while (QTcpSocket *peer = m_server.nextPendingConnection()) {
                ++m_connections;
                auto buffer = std::make_shared<QByteArray>();
                QObject::connect(peer, &QTcpSocket::readyRead, peer, [this, peer, buffer] {
                    *buffer += peer->readAll();
                    take(peer, *buffer);
                });
            }
        });
    }
    QUrl url() const { return QUrl(QStringLiteral("http://127.0.0.1:%1").arg(m_server.serverPort())); }
    int connections() const { return m_connections; }

    static QByteArray ok(const QByteArray &body)
    {
        return "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: "
               + QByteArray::number(body.size()) + "\r\n\r\n" + body;
    }

private:
    void take(QTcpSocket *peer, QByteArray &buffer)
    {
        for (;;) {
            const qsizetype end = buffer.indexOf("\r\n\r\n");
            if (end < 0)
                return;
            const QByteArray head = buffer.left(end);
            const qsizetype at = head.toLower().indexOf("content-length:");
            const qsizetype length =
                at < 0 ? 0 : head.mid(at + 15, head.indexOf('\r', at + 15) - at - 15).trimmed().toLongLong();
            if (buffer.size() < end + 4 + length)
                return;
            const QByteArray body = buffer.mid(end + 4, length);
            buffer.remove(0, end + 4 + length);
            if (onAsked)
                onAsked(peer, head, body);
            else
                peer->write(onRequest(head, body));
        }
    }
    QTcpServer m_server;
    int m_connections = 0;
};
