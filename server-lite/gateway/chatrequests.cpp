// SPDX-License-Identifier: MIT
#include "server-lite/gateway/chatrequests.h"

#include <QtCore/QCborMap>

#include <algorithm>

namespace Hubbub::ChatRequests
{

using namespace Qt::StringLiterals;

namespace
{

tl::unexpected<Error> invalid(const QString &sentence)
{
    return failure(u"invalid-payload"_s, sentence);
}

Result<QCborMap> payload(const SocketIo::Event &event)
{
    const auto value = event.arguments.at(0);
    if (!value.isMap())
        return invalid(u"\"%1\" needs an object."_s.arg(event.name));
    return value.toMap();
}

Result<QString> text(const QCborMap &map, QLatin1StringView key, qsizetype maxLength)
{
    const auto value = map.value(key);
    const auto string = value.toString();
    if (!value.isString() || string.isEmpty() || string.size() > maxLength)
        return invalid(u"\"%1\" must be text of 1 to %2 characters."_s.arg(key).arg(maxLength));
    return string;
}

/// As text(), but it may be missing, null or empty.
Result<QString> optionalText(const QCborMap &map, QLatin1StringView key, qsizetype maxLength)
{
    const auto value = map.value(key);
    if (value.isUndefined() || value.isNull() || (value.isString() && value.toString().isEmpty()))
        return QString();
    return text(map, key, maxLength);
}

Result<QString> roomId(const QCborMap &map)
{
    auto id = text(map, "roomId"_L1, maxRoomIdLength);
    const auto isControl = [](QChar c) { return c.category() == QChar::Other_Control; };
    if (id && (id->trimmed().isEmpty() || std::any_of(id->begin(), id->end(), isControl)))
        return invalid(u"\"roomId\" must be a name that can be read."_s);
    return id;
}

} // namespace

Result<QString> room(const SocketIo::Event &event)
{
    return payload(event).and_then(roomId);
}

Result<SendMessage> sendMessage(const SocketIo::Event &event)
{
    const auto map = payload(event);
    if (!map)
        return tl::unexpected<Error>(map.error());
    auto id = roomId(*map);
    if (!id)
        return tl::unexpected<Error>(id.error());
    auto message = text(*map, "message"_L1, maxMessageLength);
    if (!message)
        return tl::unexpected<Error>(message.error());
    if (message->trimmed().isEmpty())
        return invalid(u"\"message\" has no words in it."_s);
    auto clientId = optionalText(*map, "clientMessageId"_L1, maxClientMessageIdLength);
    if (!clientId)
        return tl::unexpected<Error>(clientId.error());
    return SendMessage{*std::move(id), *std::move(message), *std::move(clientId)};
}

Result<LoadHistory> loadHistory(const SocketIo::Event &event)
{
    const auto map = payload(event);
    if (!map)
        return tl::unexpected<Error>(map.error());
    auto id = roomId(*map);
    if (!id)
        return tl::unexpected<Error>(id.error());
    auto before = optionalText(*map, "before"_L1, maxClientMessageIdLength);
    if (!before)
        return tl::unexpected<Error>(before.error());
    const auto limit = map->value("limit"_L1);
    const auto count = limit.isUndefined() || limit.isNull() ? defaultPageSize : limit.toInteger(0);
    const bool isWhole = !limit.isDouble() || double(count) == limit.toDouble();
    if (!isWhole || count < 1 || count > maxPageSize)
        return invalid(u"\"limit\" must be a whole number from 1 to %1."_s.arg(maxPageSize));
    return LoadHistory{*std::move(id), *std::move(before), int(count)};
}

} // namespace Hubbub::ChatRequests
