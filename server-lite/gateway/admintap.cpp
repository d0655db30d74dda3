// SPDX-License-Identifier: MIT
#include "server-lite/gateway/admintap.h"

#include "server-lite/gateway/adminvalues.h"
#include "server-lite/middleware/redaction.h"

#include <QtCore/QCborArray>

namespace Hubbub
{

using namespace Qt::StringLiterals;
using SocketIo::Arguments;
using SocketIo::ServerSocket;

AdminTap::AdminTap(SocketIo::Server *server, SocketIo::Namespace *own, const ServerSocket *newcomer,
                   Tell tell)
    : m_own(own)
    , m_newcomer(newcomer)
    , m_tell(std::move(tell))
{
    for (auto *nsp : server->namespaces())
        tapNamespace(nsp);
    connect(server, &SocketIo::Server::namespaceCreated, this, &AdminTap::tapNamespace);
}

void AdminTap::tapNamespace(SocketIo::Namespace *nsp)
{
    connect(nsp->adapter(), &SocketIo::Adapter::roomJoined, this,
            [this, nsp](const QString &room, const QString &id) {
                if (room != id) // told with the socket itself
                    tellRoom(u"room_joined"_s, nsp, room, id);
            });
    connect(nsp->adapter(), &SocketIo::Adapter::roomLeft, this,
            [this, nsp](const QString &room, const QString &id) {
                if (!m_leaving.contains(id))
                    tellRoom(u"room_left"_s, nsp, room, id);
            });
    connect(nsp, &SocketIo::Namespace::socketDisconnected, this,
            [this, nsp](ServerSocket *socket, const QString &reason) {
                socketDisconnected(nsp, socket, reason);
            });
    for (auto *socket : nsp->sockets()) {
        if (socket != m_newcomer)
            tapSocket(socket);
    }
}

void AdminTap::retire()
{
    m_isRetired = true;
    deleteLater();
}

void AdminTap::tell(const QString &event, const Arguments &arguments)
{
    if (!m_isRetired)
        m_tell(event, arguments);
}

void AdminTap::tapSocket(ServerSocket *socket)
{
    connect(socket, &ServerSocket::disconnecting, this,
            [this, socket] { m_leaving.insert(socket->id(), socket->rooms()); });
    connect(socket, &ServerSocket::dataChanged, this, [this, socket] {
        tell(u"socket_updated"_s, Arguments{QCborMap{{u"id"_s, socket->id()},
                                                     {u"nsp"_s, socket->nsp()->name()},
                                                     {u"data"_s, Redaction::value(socket->data())}}});
    });
    connect(socket, &ServerSocket::transportChanged, this, [this, socket] {
        tell(u"socket_updated"_s,
             Arguments{QCborMap{{u"id"_s, socket->id()},
                                {u"nsp"_s, socket->nsp()->name()},
                                {u"transport"_s, EngineIo::toString(socket->transport())}}});
    });
    if (socket->nsp() == m_own)
        return;
    socket->onAny(this, [this, socket](const SocketIo::Event &event) {
        tellEvent(u"event_received"_s, socket, event);
    });
    socket->onAnyOutgoing(
        this, [this, socket](const SocketIo::Event &event) { tellEvent(u"event_sent"_s, socket, event); });
}

void AdminTap::socketConnected(ServerSocket *socket)
{
    tapSocket(socket);
    tellRoom(u"room_joined"_s, socket->nsp(), socket->id(), socket->id());
    tell(u"socket_connected"_s, Arguments{AdminValues::socket(*socket), AdminValues::timestamp()});
}

/// The order operators' programs rely on: first the socket goes, then its own room, then the others.
void AdminTap::socketDisconnected(const SocketIo::Namespace *nsp, ServerSocket *socket, const QString &reason)
{
    const auto id = socket->id();
    tell(u"socket_disconnected"_s, Arguments{nsp->name(), id, reason, AdminValues::timestamp()});
    auto rooms = m_leaving.take(id);
    rooms.remove(id);
    tellRoom(u"room_left"_s, nsp, id, id);
    for (const auto &room : std::as_const(rooms))
        tellRoom(u"room_left"_s, nsp, room, id);
}

void AdminTap::tellRoom(const QString &what, const SocketIo::Namespace *nsp, const QString &room,
                        const QString &socketId)
{
    tell(what, Arguments{nsp->name(), room, socketId, AdminValues::timestamp()});
}

void AdminTap::tellEvent(const QString &what, const ServerSocket *socket, const SocketIo::Event &event)
{
    QCborArray arguments{event.name};
    for (const auto value : event.arguments.toArray())
        arguments.append(Redaction::value(value));
    tell(what, Arguments{socket->nsp()->name(), socket->id(), arguments, AdminValues::timestamp()});
}

} // namespace Hubbub
