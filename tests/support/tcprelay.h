// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QPointer>
#include <QtCore/QUrl>
#include <QtNetwork/QTcpServer>
#include <QtNetwork/QTcpSocket>

namespace HubbubTest
{

/// A wire on loopback between a client and a server that can swallow what the server answers, as a network
/// does that dies at the wrong moment. Thread: the test's.
class TcpRelay
{
public:
    explicit TcpRelay(quint16 target)
        : m_target(target)
    {
        m_server.listen(QHostAddress::LocalHost);
        QObject::connect(&m_server, &QTcpServer::newConnection, &m_server, [this] {
            while (QTcpSocket *client = m_server.nextPendingConnection())
                carry(client);
        });
    }

    QUrl url() const { return QUrl(QStringLiteral("http://127.0.0.1:%1").arg(m_server.serverPort())); }
    void swallowAnswers(bool swallow) { m_swallows = swallow; }
    void cutAll() ///< as a pulled cable does that both ends notice
    {
        const auto clients = m_server.findChildren<QTcpSocket *>(Qt::FindDirectChildrenOnly);
        for (QTcpSocket *client : clients)
            client->abort();
    }
    qint64 swallowed() const { return m_swallowed; } ///< bytes

private:
    void carry(QTcpSocket *client)
    {
        auto *server = new QTcpSocket(client);
        server->connectToHost(QHostAddress(QHostAddress::LocalHost), m_target);
        QObject::connect(client, &QTcpSocket::readyRead, server, [=] { server->write(client->readAll()); });
        QObject::connect(server, &QTcpSocket::readyRead, client, [=, this] {
            const QByteArray bytes = server->readAll();
            if (m_swallows)
                m_swallowed += bytes.size();
            else
                client->write(bytes);
        });
        QObject::connect(server, &QTcpSocket::disconnected, client, &QTcpSocket::disconnectFromHost);
        QObject::connect(client, &QTcpSocket::disconnected, server, [=] {
            server->disconnectFromHost();
            client->deleteLater();
        });
    }

    QTcpServer m_server;
    quint16 m_target;
    bool m_swallows = false;
    qint64 m_swallowed = 0;
};

} // namespace HubbubTest
