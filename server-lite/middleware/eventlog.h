// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/core/serversocket.h"

#include <QtCore/QHash>
#include <QtCore/QLoggingCategory>
#include <QtCore/QObject>

namespace Hubbub
{

/// "hubbub.server.events": one JSON object per event, off unless turned on. Thread: any.
Q_DECLARE_LOGGING_CATEGORY(eventLog)

/// Counts events by name and, where "hubbub.server.events" is on at debug level, logs each as one line of
/// JSON: {event, nsp, socket, user, ack, arguments}. Secrets in arguments are shown as "[hidden]" and long
/// arguments are cut. Put it first to see everything, last to see what the others let pass. Thread: the
/// server's.
class EventLog : public QObject
{
    Q_OBJECT
public:
    static constexpr qsizetype maxNames = 500; ///< events with further names are counted as "(others)"
    static constexpr qsizetype maxArgumentsBytes = 1000; ///< of a log line's arguments

    using QObject::QObject;

    /// To be used on that socket. Lets everything pass once the log is gone.
    SocketIo::EventMiddleware events(const SocketIo::ServerSocket *socket, const QString &userId = {});

    const QHash<QString, quint64> &counters() const { return m_counters; } ///< by event, since the start

private:
    void note(const QCborMap &whence, const SocketIo::Event &event);

    QHash<QString, quint64> m_counters;
};

} // namespace Hubbub
