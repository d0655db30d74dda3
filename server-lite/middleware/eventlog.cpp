// SPDX-License-Identifier: MIT
#include "server-lite/middleware/eventlog.h"

#include "server-lite/core/namespace.h"
#include "server-lite/middleware/redaction.h"

#include <QtCore/QCborArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QPointer>

namespace Hubbub
{

using namespace Qt::StringLiterals;

Q_LOGGING_CATEGORY(eventLog, "hubbub.server.events", QtInfoMsg)

namespace
{

QJsonValue shown(const SocketIo::Arguments &arguments)
{
    // Bytes would be hidden nowhere and help nobody.
    if (arguments.hasBinary() || arguments.sizeHint() > EventLog::maxArgumentsBytes)
        return u"(%1 arguments, about %2 bytes)"_s.arg(arguments.size()).arg(arguments.sizeHint());
    return Redaction::value(arguments.toArray()).toJsonValue();
}

} // namespace

SocketIo::EventMiddleware EventLog::events(const SocketIo::ServerSocket *socket, const QString &userId)
{
    QCborMap whence{{u"nsp"_s, socket->nsp()->name()}, {u"socket"_s, socket->id()}};
    if (!userId.isEmpty())
        whence.insert(u"user"_s, userId);
    return [self = QPointer(this), whence](const SocketIo::Event &event, const SocketIo::Next &next) {
        if (self)
            self->note(whence, event);
        next(std::nullopt);
    };
}

void EventLog::note(const QCborMap &whence, const SocketIo::Event &event)
{
    const bool isKnown = m_counters.contains(event.name) || m_counters.size() < maxNames;
    ++m_counters[isKnown ? event.name : u"(others)"_s];
    if (!eventLog().isDebugEnabled())
        return;
    auto line = whence.toJsonObject();
    line.insert("event"_L1, event.name);
    line.insert("ack"_L1, event.ack.isRequested());
    line.insert("arguments"_L1, shown(event.arguments));
    qCDebug(eventLog).noquote() << QJsonDocument(line).toJson(QJsonDocument::Compact);
}

} // namespace Hubbub
