// SPDX-License-Identifier: MIT
#include "libclient/client/connectionstatemachine.h"

#include "libclient/client/logging.h"

namespace SocketIo
{

std::optional<ConnectionState> nextState(ConnectionState state, ConnectionInput input)
{
    using S = ConnectionState;
    using I = ConnectionInput;
    struct Row {
        S from;
        I input;
        S to;
    };
    static constexpr Row table[] = {
        {S::Offline, I::ConnectRequested, S::Connecting},

        {S::Waiting, I::ConnectRequested, S::Connecting},
        {S::Waiting, I::AttemptsExhausted, S::Closed},
        {S::Waiting, I::DisconnectRequested, S::Offline},

        {S::Connecting, I::TransportOpened, S::Handshaking},
        {S::Connecting, I::LinkLost, S::Waiting},
        {S::Connecting, I::AttemptsExhausted, S::Closed},
        {S::Connecting, I::IdentityChanged, S::Untrusted},
        {S::Connecting, I::DisconnectRequested, S::Offline},

        {S::Handshaking, I::NamespaceAccepted, S::Synchronising},
        {S::Handshaking, I::ServerRefused, S::Refused},
        {S::Handshaking, I::LinkLost, S::Waiting},
        {S::Handshaking, I::AttemptsExhausted, S::Closed},
        {S::Handshaking, I::IdentityChanged, S::Untrusted},
        {S::Handshaking, I::DisconnectRequested, S::Offline},

        {S::Synchronising, I::QueueFlushed, S::Online},
        {S::Synchronising, I::ServerRefused, S::Refused},
        {S::Synchronising, I::LinkLost, S::Waiting},
        {S::Synchronising, I::AttemptsExhausted, S::Closed},
        {S::Synchronising, I::IdentityChanged, S::Untrusted},
        {S::Synchronising, I::DisconnectRequested, S::Offline},

        {S::Online, I::LinkSlow, S::Degraded},
        {S::Online, I::ServerRefused, S::Refused},
        {S::Online, I::LinkLost, S::Waiting},
        {S::Online, I::AttemptsExhausted, S::Closed},
        {S::Online, I::IdentityChanged, S::Untrusted},
        {S::Online, I::DisconnectRequested, S::Offline},

        {S::Degraded, I::LinkRestored, S::Online},
        {S::Degraded, I::ServerRefused, S::Refused},
        {S::Degraded, I::LinkLost, S::Waiting},
        {S::Degraded, I::AttemptsExhausted, S::Closed},
        {S::Degraded, I::IdentityChanged, S::Untrusted},
        {S::Degraded, I::DisconnectRequested, S::Offline},

        {S::Refused, I::ConnectRequested, S::Connecting},
        {S::Refused, I::DisconnectRequested, S::Offline},

        {S::Untrusted, I::ConnectRequested, S::Connecting},
        {S::Untrusted, I::DisconnectRequested, S::Offline},

        {S::Closed, I::ConnectRequested, S::Connecting},
        {S::Closed, I::DisconnectRequested, S::Offline},
    };
    for (const Row &row : table) {
        if (row.from == state && row.input == input)
            return row.to;
    }
    return std::nullopt;
}

bool ConnectionStateMachine::apply(ConnectionInput input)
{
    const std::optional<ConnectionState> next = nextState(m_state, input);
    if (!next) {
        qCWarning(lcState) << m_name << "stays" << m_state << "because it cannot take" << input;
        return false;
    }
    qCDebug(lcState) << m_name << m_state << "->" << *next << "by" << input;
    m_state = *next;
    return true;
}

} // namespace SocketIo
