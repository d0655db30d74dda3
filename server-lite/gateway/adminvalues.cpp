// SPDX-License-Identifier: MIT
#include "server-lite/gateway/adminvalues.h"

#include "server-lite/core/namespace.h"
#include "server-lite/middleware/redaction.h"

#include <QtCore/QCborArray>
#include <QtCore/QLocale>

namespace Hubbub::AdminValues
{

using namespace Qt::StringLiterals;

namespace
{

QCborMap handshake(const SocketIo::Handshake &handshake)
{
    return {
        {u"address"_s, handshake.address.toString()},
        {u"headers"_s, Redaction::headers(handshake.headers)},
        {u"query"_s, Redaction::query(handshake.query)},
        {u"issued"_s, handshake.time.toMSecsSinceEpoch()},
        {u"secure"_s, handshake.secure},
        {u"time"_s, QLocale::c().toString(handshake.time.toUTC(), u"ddd MMM dd yyyy hh:mm:ss 'GMT+0000'"_s)},
        {u"url"_s, Redaction::url(handshake.url)},
        {u"xdomain"_s, handshake.crossDomain},
    };
}

} // namespace

QCborMap socket(const SocketIo::ServerSocket &socket)
{
    QCborArray rooms{socket.id()};
    for (const auto &room : socket.rooms()) {
        if (room != socket.id())
            rooms.append(room);
    }
    return {
        {u"id"_s, socket.id()},
        {u"clientId"_s, socket.clientId()},
        {u"transport"_s, EngineIo::toString(socket.transport())},
        {u"nsp"_s, socket.nsp()->name()},
        {u"data"_s, Redaction::value(socket.data())},
        {u"handshake"_s, handshake(socket.handshake())},
        {u"rooms"_s, rooms},
    };
}

QCborValue timestamp()
{
    return QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs);
}

} // namespace Hubbub::AdminValues
