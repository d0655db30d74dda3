// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/client/connectionstate.h"

#include <QtCore/QString>

#include <optional>

namespace SocketIo
{
/// The table of legal transitions; nothing for a pair that is not in it. Thread: any; a pure function.
std::optional<ConnectionState> nextState(ConnectionState state, ConnectionInput input);

/// Holds the state of one connection: the only place where it changes. Thread: that of its Socket.
class ConnectionStateMachine
{
public:
    explicit ConnectionStateMachine(QString name)
        : m_name(std::move(name))
    {
    }

    ConnectionState state() const { return m_state; }

    /// Changes the state and logs old and new. False, with a warning and nothing changed, for a pair that is
    /// not in the table: that is a mistake in the caller.
    bool apply(ConnectionInput input);

private:
    QString m_name; ///< for the log: the namespace
    ConnectionState m_state = ConnectionState::Offline;
};

} // namespace SocketIo
