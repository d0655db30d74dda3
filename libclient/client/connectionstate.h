// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QObject>

namespace SocketIo
{
Q_NAMESPACE

/// Where the connection to one namespace stands. Changed only by ConnectionStateMachine. Thread: any.
enum class ConnectionState : quint8 {
    Offline, ///< not asked to connect, or asked to leave
    Waiting, ///< a later attempt is due; see Socket::retryAt
    Connecting, ///< the transport is being opened
    Handshaking, ///< the transport is open, the namespace has not answered yet
    Synchronising, ///< accepted; what was buffered is on its way
    Online,
    Degraded, ///< online, but slow: long-polling, or round trips above a second
    Refused, ///< the server said no; waits for a decision, does not retry by itself
    Untrusted, ///< the server's certificate is not trusted; waits for Manager::trustCertificate()
    Closed, ///< given up: no attempt is left
};
Q_ENUM_NS(ConnectionState)

/// What can happen to a connection.
enum class ConnectionInput : quint8 {
    ConnectRequested, ///< the application, or the end of a wait
    TransportOpened,
    NamespaceAccepted,
    QueueFlushed,
    LinkSlow,
    LinkRestored,
    LinkLost, ///< the transport ended or never opened; another attempt is due
    AttemptsExhausted,
    ServerRefused, ///< CONNECT_ERROR, or "io server disconnect"
    IdentityChanged,
    DisconnectRequested,
};
Q_ENUM_NS(ConnectionInput)

} // namespace SocketIo
