// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/core/server.h"
#include "server-lite/core/serversocket.h"

#include <QtCore/QCryptographicHash>
#include <QtNetwork/QSslCertificate>
#include <QtNetwork/QSslConfiguration>
#include <QtTest/QTest>

inline QByteArray fingerprintOf(const QSslConfiguration &identity)
{
    return identity.localCertificate().digest(QCryptographicHash::Sha256);
}

/// A server on loopback that shows this certificate, and acks "echo" with its arguments. Thread: the test's.
class SecureServer
{
public:
    explicit SecureServer(const QSslConfiguration &identity)
    {
        SocketIo::ServerOptions options;
        options.engine.tls = identity;
        m_server = std::make_unique<SocketIo::Server>(options);
        QObject::connect(m_server->sockets(), &SocketIo::Namespace::connection, m_server.get(),
                         [this](SocketIo::ServerSocket *socket) {
                             ++connections;
                             socket->on(QStringLiteral("echo"), socket,
                                        [](const SocketIo::Event &event) { event.ack(event.arguments); });
                         });
        if (!m_server->listen(QHostAddress::LocalHost))
            QTest::qFail("the server does not listen", __FILE__, __LINE__);
    }
    QUrl url() const { return QUrl(QStringLiteral("https://127.0.0.1:%1").arg(m_server->port())); }
    QString name() const { return QStringLiteral("127.0.0.1:%1").arg(m_server->port()); }
    void show(const QSslConfiguration &identity) { m_server->engine()->setTls(identity); } ///< from now on

    int connections = 0;

private:
    std::unique_ptr<SocketIo::Server> m_server;
};
