// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/auth/jwt.h"
#include "server-lite/core/namespace.h"
#include "server-lite/core/server.h"
#include "server-lite/core/serversocket.h"
#include "server-lite/gateway/chatgateway.h"
#include "server-lite/storage/historystore.h"

#include <QtCore/QTemporaryDir>

#include <memory>

namespace HubbubTest
{

/// Our server with its chat and a history on disk, without rate limits, on a clock of the test's; and a
/// namespace /plain that counts what it hears. Thread: the test's.
class ChaosChat
{
public:
    explicit ChaosChat(SocketIo::ServerOptions options)
        : m_server(std::move(options))
    {
        if (!m_history.open(m_folder.path()))
            qFatal("the history cannot be opened");
        m_gateway = std::make_unique<Hubbub::ChatGateway>(
            &m_server, &m_history, m_key, Hubbub::JwtPolicy(),
            QList<Hubbub::FixedRoom>{{QStringLiteral("lobby"), QStringLiteral("Lobby")}});
        QObject::connect(m_server.of(QStringLiteral("/plain")), &SocketIo::Namespace::connection, &m_server,
                         [this](SocketIo::ServerSocket *socket) {
                             socket->on(QStringLiteral("n"), socket, [this](int n) { plain.append(n); });
                         });
        if (!m_server.listen(QHostAddress::LocalHost))
            qFatal("the server does not listen");
    }
    ~ChaosChat()
    {
        m_gateway.reset(); // before what it uses
    }

    quint16 port() const { return m_server.port(); }
    QString token(const QString &user) const
    {
        Hubbub::JwtClaims claims;
        claims.subject = user;
        claims.username = user;
        claims.expiresAt = QDateTime::currentDateTimeUtc().addDays(1);
        return QString::fromLatin1(Hubbub::Jwt::sign(claims, m_key));
    }
    Hubbub::HistoryStore &history() { return m_history; }

    QList<int> plain; ///< what came to /plain

private:
    QTemporaryDir m_folder;
    Hubbub::JwtKey m_key = Hubbub::JwtKey::randomHs256();
    Hubbub::HistoryStore m_history;
    SocketIo::Server m_server;
    std::unique_ptr<Hubbub::ChatGateway> m_gateway;
};

} // namespace HubbubTest
