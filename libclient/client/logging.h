// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QLoggingCategory>

/// What the client says about itself; details are off until asked for, as with
/// QT_LOGGING_RULES="hubbub.client.*=true". Payloads and tokens are never logged. Thread: any.
namespace SocketIo
{

Q_DECLARE_LOGGING_CATEGORY(lcState) ///< hubbub.client.state: every change of a connection's state
Q_DECLARE_LOGGING_CATEGORY(lcEngine) ///< hubbub.client.engine: handshake, heartbeat, packets
Q_DECLARE_LOGGING_CATEGORY(lcManager) ///< hubbub.client.manager: attempts and waits
Q_DECLARE_LOGGING_CATEGORY(lcSocket) ///< hubbub.client.socket: namespaces, events, acks

} // namespace SocketIo
