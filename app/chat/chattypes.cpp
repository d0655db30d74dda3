// SPDX-License-Identifier: MIT
#include "app/chat/chattypes.h"

#include <QtCore/QCborArray>
#include <QtCore/QCborMap>

#include <algorithm>

namespace Hubbub::App
{

using namespace Qt::StringLiterals;

namespace
{

QString text(const QCborValue &value)
{
    if (value.isInteger())
        return QString::number(value.toInteger());
    if (value.isDouble())
        return QString::number(value.toDouble(), 'f', 0);
    return value.toString();
}

QString text(const QCborMap &map, std::initializer_list<QLatin1StringView> keys)
{
    for (const QLatin1StringView key : keys) {
        if (const QString found = text(map.value(key)); !found.isEmpty())
            return found;
    }
    return {};
}

QDateTime time(const QCborValue &value)
{
    if (value.isDateTime())
        return value.toDateTime().toLocalTime();
    if (value.isInteger() || value.isDouble())
        return QDateTime::fromMSecsSinceEpoch(qint64(value.toDouble(double(value.toInteger()))));
    return QDateTime::fromString(value.toString(), Qt::ISODateWithMs).toLocalTime();
}

int number(const QCborMap &map, QLatin1StringView key)
{
    const QCborValue value = map.value(key);
    return value.isInteger() ? int(value.toInteger()) : value.isDouble() ? int(value.toDouble()) : -1;
}

} // namespace

std::optional<ChatMessage> ChatMessage::fromValue(const QCborValue &value)
{
    const QCborMap map = value.toMap();
    ChatMessage message;
    message.id = text(map, {"id"_L1, "messageId"_L1, "_id"_L1});
    message.roomId = text(map, {"roomId"_L1});
    message.userId = text(map, {"userId"_L1});
    message.username = text(map, {"username"_L1});
    message.content = text(map, {"content"_L1, "message"_L1, "text"_L1});
    message.timestamp = time(map.value("timestamp"_L1));
    if (!message.timestamp.isValid())
        message.timestamp = QDateTime::currentDateTime();
    message.clientMessageId = text(map, {"clientMessageId"_L1});
    if (message.username.isEmpty())
        message.username = message.userId;
    if (message.id.isEmpty())
        return std::nullopt;
    return message;
}

std::optional<ChatPerson> ChatPerson::fromValue(const QCborValue &value)
{
    const QCborMap map = value.toMap();
    ChatPerson person;
    person.userId = text(map, {"userId"_L1, "id"_L1});
    person.username = text(map, {"username"_L1, "name"_L1});
    person.presence = text(map, {"presence"_L1, "status"_L1});
    if (person.presence.isEmpty() && map.value("online"_L1).isBool())
        person.presence = map.value("online"_L1).toBool() ? u"online"_s : u"offline"_s;
    person.roomId = text(map, {"roomId"_L1});
    person.guest = map.value("guest"_L1).toBool();
    if (person.username.isEmpty())
        person.username = person.userId;
    if (person.userId.isEmpty())
        return std::nullopt;
    return person;
}

std::optional<ChatRoomInfo> ChatRoomInfo::fromValue(const QCborValue &value)
{
    const QCborMap map = value.toMap();
    ChatRoomInfo room;
    room.roomId = value.isString() ? value.toString() : text(map, {"roomId"_L1, "id"_L1});
    room.title = text(map, {"title"_L1, "name"_L1});
    room.topic = text(map, {"topic"_L1, "description"_L1});
    room.people = std::max(number(map, "people"_L1), number(map, "members"_L1));
    room.online = number(map, "online"_L1);
    const QCborValue last = map.value("lastMessage"_L1);
    if (const auto message = ChatMessage::fromValue(last)) {
        room.lastActivity = message->timestamp;
        room.preview = message->content;
        room.previewAuthor = message->username;
    } else {
        room.preview = text(map, {"preview"_L1});
        room.lastActivity = time(map.value("lastActivity"_L1));
    }
    if (room.title.isEmpty())
        room.title = room.roomId;
    if (room.roomId.isEmpty())
        return std::nullopt;
    return room;
}

std::optional<ChatHistory> ChatHistory::fromValue(const QCborValue &value)
{
    const QCborMap map = value.toMap();
    ChatHistory history;
    history.roomId = text(map, {"roomId"_L1});
    if (!map.value("messages"_L1).isArray())
        return std::nullopt;
    for (const QCborValue &entry : map.value("messages"_L1).toArray()) {
        if (auto message = ChatMessage::fromValue(entry)) {
            message->roomId = history.roomId.isEmpty() ? message->roomId : history.roomId;
            history.messages.append(*std::move(message));
        }
    }
    // Gateways differ in the order; times decide, and within one time the order given.
    const auto earlier = [](const ChatMessage &a, const ChatMessage &b) { return a.timestamp < b.timestamp; };
    if (history.messages.size() > 1 && history.messages.first().timestamp > history.messages.last().timestamp)
        std::reverse(history.messages.begin(), history.messages.end());
    std::stable_sort(history.messages.begin(), history.messages.end(), earlier);
    const QCborValue more = map.value("hasMore"_L1);
    history.hasMore = more.isBool() ? more.toBool() : !history.messages.isEmpty();
    return history;
}

std::optional<ChatIdentity> ChatIdentity::fromValue(const QCborValue &value)
{
    const QCborMap map = value.toMap();
    ChatIdentity identity;
    identity.userId = text(map, {"userId"_L1, "sub"_L1});
    identity.username = text(map, {"username"_L1, "name"_L1});
    for (const QCborValue &feature : map.value("features"_L1).toArray())
        identity.features.append(feature.toString());
    if (identity.userId.isEmpty())
        return std::nullopt;
    return identity;
}

} // namespace Hubbub::App
