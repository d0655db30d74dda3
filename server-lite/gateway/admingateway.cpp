// SPDX-License-Identifier: MIT
#include "server-lite/gateway/admingateway.h"

#include "server-lite/gateway/adminvalues.h"

#include <QtCore/QCborArray>

namespace Hubbub
{

using namespace Qt::StringLiterals;
using SocketIo::Arguments;

AdminGateway::AdminGateway(SocketIo::Server *server, const QString &username, const QByteArray &passwordHash,
                           QObject *parent)
    : QObject(parent)
    , m_server(server)
    , m_nsp(server->of(u"/admin"_s))
    , m_auth(username, passwordHash)
    , m_stats(server)
{
    m_nsp->use(
        [this](SocketIo::ServerSocket &socket, const SocketIo::Next &next) { m_auth.check(socket, next); });
    for (auto *nsp : server->namespaces())
        watchNamespace(nsp);
    connect(server, &SocketIo::Server::namespaceCreated, this, &AdminGateway::watchNamespace);
    connect(m_nsp, &SocketIo::Namespace::socketDisconnected, this, &AdminGateway::operatorLeft);
    connect(&m_stats, &AdminStats::ready, this,
            [this](const QCborMap &stats) { tell(u"server_stats"_s, Arguments{stats}); });
}

QStringList AdminGateway::features()
{
    return {u"AGGREGATED_EVENTS"_s, u"ALL_EVENTS"_s, u"HUBBUB_EXT_1"_s};
}

void AdminGateway::watchNamespace(SocketIo::Namespace *nsp)
{
    connect(nsp, &SocketIo::Namespace::connection, this, &AdminGateway::socketConnected);
}

void AdminGateway::socketConnected(SocketIo::ServerSocket *socket)
{
    const bool isOperator = socket->nsp() == m_nsp;
    if (isOperator && !m_tap) {
        m_tap = std::make_unique<AdminTap>(
            m_server, m_nsp, socket,
            [this](const QString &event, const Arguments &arguments) { tell(event, arguments); });
        m_stats.start();
    }
    if (m_tap)
        m_tap->socketConnected(socket);
    if (isOperator)
        welcome(socket);
}

/// After the CONNECT packet, where the official UI's client still listens: before it, as the reference server
/// sends it, the UI loses the session.
void AdminGateway::welcome(SocketIo::ServerSocket *socket)
{
    if (const auto session = m_auth.takeSession(socket); !session.isEmpty())
        socket->emitEvent(u"session"_s, session);
    socket->emitEvent(u"config"_s,
                      QCborMap{{u"supportedFeatures"_s, QCborArray::fromStringList(features())}});
    QCborArray all;
    for (const auto *nsp : m_server->namespaces()) {
        for (const auto *entry : nsp->sockets())
            all.append(AdminValues::socket(*entry));
    }
    socket->emitEvent(u"all_sockets"_s, all);
}

void AdminGateway::operatorLeft()
{
    if (!m_nsp->sockets().isEmpty() || !m_tap)
        return;
    m_stats.stop();
    m_tap.release()->retire();
}

void AdminGateway::tell(const QString &event, const Arguments &arguments)
{
    m_nsp->all().emitEvent(event, arguments);
}

} // namespace Hubbub
