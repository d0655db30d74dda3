// SPDX-License-Identifier: MIT
#include "app/console/admintypes.h"

#include <QtCore/QCborArray>

namespace Hubbub::App::Admin
{

using namespace Qt::StringLiterals;

namespace
{

QString firstText(const QCborMap &map, std::initializer_list<QLatin1StringView> keys)
{
    for (const QLatin1StringView key : keys) {
        const QCborValue value = map.value(key);
        if (value.isString() || value.isInteger())
            return text(value);
    }
    return {};
}

void readPerson(ConsoleSocket &socket)
{
    socket.userId = firstText(socket.data, {"userId"_L1, "sub"_L1, "uid"_L1});
    socket.user = firstText(socket.data, {"username"_L1, "name"_L1, "user"_L1});
    if (socket.user.isEmpty())
        socket.user = firstText(socket.data.value("user"_L1).toMap(), {"username"_L1, "name"_L1});
}

QString readAddress(QString address)
{
    // A proxy's list begins with the client; an IPv4 peer of an IPv6 listener comes as ::ffff:1.2.3.4.
    address = address.section(u',', 0, 0).trimmed();
    return address.startsWith("::ffff:"_L1) ? address.mid(7) : address;
}

} // namespace

QString text(const QCborValue &value)
{
    if (value.isString())
        return value.toString();
    if (value.isInteger())
        return QString::number(value.toInteger());
    if (value.isNull())
        return u"null"_s;
    return value.toVariant().toString();
}

QDateTime time(const QCborValue &value)
{
    QDateTime time =
        value.isDateTime() ? value.toDateTime() : QDateTime::fromString(value.toString(), Qt::ISODateWithMs);
    if (!time.isValid() && (value.isInteger() || value.isDouble()))
        time = QDateTime::fromMSecsSinceEpoch(qint64(value.toDouble()));
    return time.isValid() ? time.toLocalTime() : QDateTime::currentDateTime();
}

ConsoleSocket readSocket(const QCborMap &map)
{
    ConsoleSocket socket;
    if (map.value("id"_L1).isUndefined())
        return socket;
    socket.id = text(map.value("id"_L1));
    socket.nsp = text(map.value("nsp"_L1));
    const QCborMap handshake = map.value("handshake"_L1).toMap();
    socket.address = readAddress(handshake.value("address"_L1).toString());
    const double issued =
        handshake.value("issued"_L1).toDouble(double(handshake.value("issued"_L1).toInteger()));
    socket.openedAt =
        issued > 0 ? QDateTime::fromMSecsSinceEpoch(qint64(issued)) : QDateTime::currentDateTime();
    for (const QCborValue &room : map.value("rooms"_L1).toArray())
        socket.rooms.insert(text(room));
    update(socket, map);
    return socket;
}

void update(ConsoleSocket &socket, const QCborMap &map)
{
    if (const QCborValue client = map.value("clientId"_L1); client.isString())
        socket.clientId = client.toString();
    if (const QCborValue transport = map.value("transport"_L1); transport.isString())
        socket.transport = transport.toString();
    if (const QCborValue data = map.value("data"_L1); data.isMap()) {
        socket.data = data.toMap();
        readPerson(socket);
    }
}

ConsoleNode readNode(const QCborMap &stats)
{
    const auto number = [](const QCborValue &value) { return value.toDouble(double(value.toInteger())); };
    ConsoleNode node;
    const QString serverId = text(stats.value("serverId"_L1));
    node.key = serverId + u'\n' + text(stats.value("hostname"_L1)) + u'\n' + text(stats.value("pid"_L1));
    node.name = serverId;
    node.clients = qint64(number(stats.value("clientsCount"_L1)));
    node.polling = qint64(number(stats.value("pollingClientsCount"_L1)));
    node.uptime = number(stats.value("uptime"_L1));
    for (const QCborValue &value : stats.value("namespaces"_L1).toArray()) {
        const QCborMap nsp = value.toMap();
        node.namespaces.insert(text(nsp.value("name"_L1)), qint64(number(nsp.value("socketsCount"_L1))));
    }
    const QCborMap ext = stats.value("ext"_L1).toMap();
    if (!ext.value("cpu"_L1).isUndefined())
        node.cpu = number(ext.value("cpu"_L1));
    if (!ext.value("rss"_L1).isUndefined())
        node.memory = qint64(number(ext.value("rss"_L1)));
    return node;
}

} // namespace Hubbub::App::Admin
