// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/core/serversocket.h"

#include <QtCore/QHash>
#include <QtCore/QObject>

namespace Hubbub
{

/// What goes wrong in an application's own middlewares and handlers ends there: an exception is logged, with
/// its words, and the client only learns that something failed ("internal-error"). Counts by code.
/// Thread: the server's.
class ErrorGuard : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    /// The same, with exceptions caught. The guard has to outlive the sockets that use it.
    SocketIo::ConnectMiddleware guarded(SocketIo::ConnectMiddleware middleware);
    SocketIo::EventMiddleware guarded(SocketIo::EventMiddleware middleware);
    SocketIo::EventHandler guarded(SocketIo::EventHandler handler);

    /// Counts what the socket reports as error(): "event-refused", "argument-mismatch" and the like.
    void watch(SocketIo::ServerSocket *socket);

    const QHash<QString, quint64> &counters() const { return m_counters; } ///< by code, since the start

Q_SIGNALS:
    /// `cause` are the exception's words, for the operator only.
    void failed(const Hubbub::Error &error);

private:
    Error report(const QString &where, const char *cause);

    QHash<QString, quint64> m_counters;
};

} // namespace Hubbub
