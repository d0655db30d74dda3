// SPDX-License-Identifier: MIT
#pragma once

#include "app/console/consoletypes.h"

#include <QtCore/QCborValue>

/// Reads what the admin namespace of a Socket.IO server sends, as leniently as many makes of server need.
/// Thread: any; pure functions. Source: the protocol of @socket.io/admin-ui 0.5.1.
namespace Hubbub::App::Admin
{

/// Names may be numbers or null: a room really can be called null.
QString text(const QCborValue &value);
/// ISO text, with "Z" or an offset; now, if there is none, as servers before 0.4 sent none.
QDateTime time(const QCborValue &value);

/// {id, clientId, transport, nsp, data, handshake{address, issued, …}, rooms[]}
ConsoleSocket readSocket(const QCborMap &map);
/// Takes over what the map holds and leaves the rest; data is replaced, not merged.
void update(ConsoleSocket &socket, const QCborMap &map);
/// {serverId, hostname, pid, uptime, clientsCount, pollingClientsCount, namespaces[], ext{cpu, rss}}
ConsoleNode readNode(const QCborMap &stats);

} // namespace Hubbub::App::Admin
