// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/error.h"
#include "server-lite/net/connectioncount.h"

#include <QtNetwork/QTcpServer>

#include <functional>

namespace Hubbub
{

/// Accepts connections on one port and hands their descriptors on; beyond the limit it answers 503. It pauses
/// for a moment when the process has run out of descriptors. Thread: the one it was made on.
class Listener : public QTcpServer
{
    Q_OBJECT
public:
    /// `accept` gets every descriptor that is let in and owns it from there; the count includes it already.
    Listener(std::function<void(qintptr)> accept, ConnectionCount count, int maxConnections, int backlog,
             QObject *parent = nullptr);

    /// The port, which is picked for 0. Errors: "address-in-use", "address-not-available",
    /// "permission-denied", "listen-failed". On Linux, what it accepts has TCP_NODELAY and SO_KEEPALIVE
    /// already.
    Result<quint16> listenOn(const QHostAddress &address, quint16 port);

Q_SIGNALS:
    void refused(); ///< somebody, for there are too many

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    void refuse(qintptr descriptor);
    tl::unexpected<Error> listenError(const QHostAddress &address, quint16 port) const;

    std::function<void(qintptr)> m_accept;
    ConnectionCount m_count;
    int m_maxConnections;
};

} // namespace Hubbub
