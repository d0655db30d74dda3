// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/engineiohandshake.h"
#include "libclient/protocol/engineiopacket.h"
#include "libclient/protocol/error.h"

#include <QtCore/QObject>
#include <QtCore/QUrl>
#include <QtNetwork/QNetworkRequest>

#include <vector>

namespace EngineIo
{

/// One way of moving packets between a client and a server, used for one attempt and then thrown away.
/// Thread: the one that made it, which is its Manager's.
class ClientTransport : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    virtual QString name() const = 0; ///< "websocket" or "polling"
    virtual void open(const QNetworkRequest &request) = 0;

    /// The server's open packet was understood: the session that later requests belong to, and how much it
    /// takes at once. Before this, nothing is sent.
    virtual void joinSession(const Handshake &handshake);

    /// Packets go out in order; before opened() they are not to be sent.
    virtual void send(const Packet &packet) = 0;

    /// False while a send would only add to what is waiting: volatile packets are dropped then.
    virtual bool isWritable() const = 0;
    virtual qint64 bytesToWrite() const = 0;

    /// Comes to rest for an upgrade: gives back what is not under way yet, and emits paused() once the rest
    /// is through. resume() takes that back.
    virtual std::vector<Packet> pause();
    virtual void resume();

    /// Gives back memory that only traffic needs. Not from within a signal of it.
    virtual void trim();

    /// Ends it with a goodbye to the peer; closed() follows, at the latest after a deadline of its own.
    virtual void close() = 0;

    /// Ends it at once, without a goodbye and without a signal.
    virtual void abort() = 0;

Q_SIGNALS:
    void opened();
    void packetReceived(const EngineIo::Packet &packet);
    void bytesWritten();
    void paused();
    /// It ended: after close(), because the peer left ("transport-close"), or by a failure
    /// ("transport-error", "host-not-found", "connection-refused", "proxy-error", "tls-error",
    /// "client-certificate-required", "untrusted-certificate", "certificate-changed",
    /// "trust-store-unreadable", "http-error", "request-timeout", "parse-error", "message-too-large").
    /// Emitted once, and the last signal there is.
    void closed(const Hubbub::Error &why);
};

} // namespace EngineIo
