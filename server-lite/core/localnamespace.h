// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/event.h"
#include "server-lite/core/broadcastoptions.h"
#include "server-lite/core/handshake.h"

#include <QtCore/QCborMap>

namespace SocketIo
{

/// What is known of a socket, on whichever server it is. Thread: any; a plain value.
struct SocketDetails {
    QString id;
    Handshake handshake;
    QSet<QString> rooms;
    QCborMap data;
};

/// What an Adapter can have done to one namespace's sockets on this server, and nothing beyond it. Lives as
/// long as the adapter that was made for it. Thread: the server's.
class LocalNamespace
{
public:
    virtual QString name() const = 0; ///< with its slash

    /// False if it was refused, for its name or its number of attachments.
    virtual bool broadcast(const BroadcastOptions &options, const QString &event,
                           const Arguments &arguments) = 0;
    /// Asks; the sink hears how many were asked before this returns, and of each of them once.
    virtual void broadcastWithAck(const BroadcastOptions &options, const QString &event,
                                  const Arguments &arguments, const AckSink &sink) = 0;
    virtual QList<SocketDetails> details(const BroadcastOptions &options) const = 0;
    virtual void joinAll(const BroadcastOptions &options, const QStringList &rooms) = 0;
    virtual void leaveAll(const BroadcastOptions &options, const QStringList &rooms) = 0;
    virtual void disconnectAll(const BroadcastOptions &options, bool closeConnection) = 0;
    /// An event of another server, for the handlers of Namespace::onServerSideEvent().
    virtual void serverSideEvent(const Event &event) = 0;

protected:
    ~LocalNamespace() = default;
};

} // namespace SocketIo
