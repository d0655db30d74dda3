// SPDX-License-Identifier: MIT
#include "server-lite/gateway/chatanswers.h"

#include "server-lite/auth/guesttokens.h"

#include <QtCore/QDateTime>

namespace Hubbub::ChatAnswers
{

using namespace Qt::StringLiterals;

SocketIo::Arguments success(const QCborMap &more)
{
    QCborMap answer{{u"success"_s, true}};
    for (const auto &[key, value] : more)
        answer.insert(key, value);
    return SocketIo::Arguments{answer};
}

SocketIo::Arguments failure(const Error &error)
{
    const QCborMap details{{u"code"_s, error.code}, {u"message"_s, error.message}};
    return SocketIo::Arguments{QCborMap{{u"success"_s, false}, {u"error"_s, details}}};
}

Error forClients(const Error &error)
{
    if (error.code == "history-busy"_L1)
        return {u"busy"_s, error.message, {}};
    if (error.code.startsWith("history-"_L1) || error.code.startsWith("disk-"_L1))
        return {
            u"storage-failed"_s, u"The server cannot reach its history now. Try again in a moment."_s, {}};
    return error;
}

QCborMap message(const StoredMessage &message)
{
    QCborMap map{
        {u"id"_s, message.id},
        {u"roomId"_s, message.roomId},
        {u"userId"_s, message.userId},
        {u"username"_s, message.username},
        {u"content"_s, message.content},
        {u"timestamp"_s,
         QDateTime::fromMSecsSinceEpoch(message.timestamp, Qt::UTC).toString(Qt::ISODateWithMs)},
    };
    if (!message.clientMessageId.isEmpty())
        map.insert(u"clientMessageId"_s, message.clientMessageId);
    if (message.userId.startsWith(GuestTokens::idPrefix()))
        map.insert(u"guest"_s, true);
    return map;
}

QCborArray messages(const QList<StoredMessage> &messages)
{
    QCborArray list;
    for (const auto &entry : messages)
        list.append(message(entry));
    return list;
}

QCborMap preview(const StoredMessage &message)
{
    constexpr qsizetype maxLength = 200;
    auto cut = message;
    if (cut.content.size() > maxLength)
        cut.content.truncate(cut.content[maxLength - 1].isHighSurrogate() ? maxLength - 1 : maxLength);
    return ChatAnswers::message(cut);
}

} // namespace Hubbub::ChatAnswers
