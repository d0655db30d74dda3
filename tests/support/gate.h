// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QPointer>
#include <QtCore/QUrl>
#include <QtNetwork/QTcpServer>
#include <QtNetwork/QTcpSocket>
#include <QtTest/QTest>

#include <utility>

/// A way to a server that holds the second connection until the test says so. It is what an upgrade makes:
/// long-polling makes its own second one on the next turn of the loop. Thread: the test's.
class Gate
{
public:
    explicit Gate(quint16 target)
        : m_target(target)
    {
        QObject::connect(&m_server, &QTcpServer::newConnection, &m_server, [this] {
            while (QTcpSocket *client = m_server.nextPendingConnection()) {
                m_clients.append(client);
                if (m_clients.size() == 2)
                    m_held.append(client);
                else
                    carry(client);
            }
        });
        if (!m_server.listen(QHostAddress::LocalHost))
            QTest::qFail("the gate does not listen", __FILE__, __LINE__);
    }

    QUrl url() const { return QUrl(QStringLiteral("https://") + name()); }
    QString name() const { return QStringLiteral("127.0.0.1:%1").arg(m_server.serverPort()); }
    qsizetype held() const { return m_held.size(); }

    void open()
    {
        for (QTcpSocket *client : std::exchange(m_held, {}))
            carry(client);
    }

    void cut()
    {
        m_server.close();
        for (const QPointer<QTcpSocket> &client : std::as_const(m_clients)) {
            if (client)
                client->abort();
        }
    }

private:
    void carry(QTcpSocket *client)
    {
        auto *server = new QTcpSocket(client);
        const auto pass = [](QTcpSocket *from, QTcpSocket *to) { to->write(from->readAll()); };
        QObject::connect(server, &QTcpSocket::connected, client, [=] {
            pass(client, server);
            QObject::connect(client, &QTcpSocket::readyRead, server, [=] { pass(client, server); });
        });
        QObject::connect(server, &QTcpSocket::readyRead, client, [=] { pass(server, client); });
        QObject::connect(server, &QTcpSocket::disconnected, client, &QTcpSocket::disconnectFromHost);
        QObject::connect(client, &QTcpSocket::disconnected, server, &QTcpSocket::disconnectFromHost);
        server->connectToHost(QHostAddress::LocalHost, m_target);
    }

    QTcpServer m_server;
    quint16 m_target;
    QList<QPointer<QTcpSocket>> m_clients; ///< children of the server
    QList<QTcpSocket *> m_held;
};
