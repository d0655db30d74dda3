// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/engineiopacket.h"
#include "libclient/protocol/error.h"

#include <QtCore/QObject>
#include <QtCore/QUrl>
#include <QtNetwork/QNetworkRequest>

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

    /// Packets go out in order; before opened() they are not to be sent.
    virtual void send(const Packet &packet) = 0;

    /// False while a send would only add to what is waiting: volatile packets are dropped then.
    virtual bool isWritable() const = 0;
    virtual qint64 bytesToWrite() const = 0;

    /// Ends it with a goodbye to the peer; closed() follows, at the latest after a deadline of its own.
    virtual void close() = 0;

    /// Ends it at once, without a goodbye and without a signal.
    virtual void abort() = 0;

Q_SIGNALS:
    void opened();
    void packetReceived(const EngineIo::Packet &packet);
    void bytesWritten();
    /// It ended: after close(), because the peer left ("transport-close"), or by a failure
    /// ("transport-error", "host-not-found", "connection-refused", "tls-error", "untrusted-certificate",
    /// "http-error", "parse-error", "message-too-large"). Emitted once, and the last signal there is.
    void closed(const Hubbub::Error &why);
};

} // namespace EngineIo
