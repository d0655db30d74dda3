// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/core/server.h"
#include "server-lite/gateway/adminauth.h"
#include "server-lite/gateway/adminstats.h"
#include "server-lite/gateway/admintap.h"

#include <QtCore/QObject>

#include <memory>

namespace Hubbub
{

/// The namespace /admin, in the words of Socket.IO's Admin UI: everything is shown, secrets apart, and
/// nothing can be changed. Has to be made before the gateways whose sockets it shows, to see each before they
/// touch it. Thread: the server's.
class AdminGateway : public QObject
{
    Q_OBJECT
public:
    AdminGateway(SocketIo::Server *server, const QString &username, const QByteArray &passwordHash,
                 QObject *parent = nullptr);

    /// "AGGREGATED_EVENTS", "ALL_EVENTS", and "HUBBUB_EXT_1" for server_stats.ext.
    static QStringList features();

private:
    void watchNamespace(SocketIo::Namespace *nsp);
    void socketConnected(SocketIo::ServerSocket *socket);
    void welcome(SocketIo::ServerSocket *socket);
    void operatorLeft();
    void tell(const QString &event, const SocketIo::Arguments &arguments);

    SocketIo::Server *m_server;
    SocketIo::Namespace *m_nsp;
    AdminAuth m_auth;
    AdminStats m_stats;
    std::unique_ptr<AdminTap> m_tap; ///< while an operator is there
};

} // namespace Hubbub
