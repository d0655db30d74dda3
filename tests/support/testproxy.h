// SPDX-License-Identifier: MIT
#pragma once

#include <QtNetwork/QNetworkProxy>
#include <QtNetwork/QTcpServer>

/// A proxy on loopback that carries connections: HTTP CONNECT (RFC 9110, 9.3.6) with Basic authentication, or
/// SOCKS 5 (RFC 1928) with a name and a password (RFC 1929). Thread: the test's.
class TestProxy
{
public:
    explicit TestProxy(QNetworkProxy::ProxyType type, const QString &user = {}, const QString &password = {});

    QNetworkProxy proxy() const; ///< as a client that knows the password uses it
    void refuseTargets(bool refuse) { m_refuses = refuse; }
    int tunnels() const { return m_tunnels; } ///< that were ever made
    QStringList targets() const { return m_targets; } ///< as they were asked for, "host:port"

private:
    void serveHttp(QTcpSocket *client);
    void serveSocks(QTcpSocket *client);
    void carry(QTcpSocket *client, const QString &host, quint16 port, const QByteArray &success,
               const QByteArray &failure);

    QTcpServer m_server;
    QNetworkProxy::ProxyType m_type;
    QString m_user;
    QString m_password;
    QStringList m_targets;
    int m_tunnels = 0;
    bool m_refuses = false;
};
