// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/client/connectionstate.h"

#include <optional>

namespace SocketIo {
Q_NAMESPACE

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

/// The table of legal transitions; nothing for a pair that is not in it. Thread: any; a pure function.
std::optional<ConnectionState> nextState(ConnectionState state, ConnectionInput input);

} // namespace SocketIo
