// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/client/connectionstate.h"

#include <QtCore/QObject>
#include <QtQml/QQmlEngine>

namespace SocketIo
{

/// The values of Socket.state in QML: ConnectionState.Online and so on. Qt 6.4 cannot register the enum of a
/// plain namespace, so they are named again here. Thread: any.
class QmlConnectionState : public QObject
{
    Q_OBJECT
    QML_NAMED_ELEMENT(ConnectionState)
    QML_UNCREATABLE("ConnectionState only names values.")
public:
    enum Value : quint8 {
        Offline = quint8(ConnectionState::Offline),
        Waiting = quint8(ConnectionState::Waiting),
        Connecting = quint8(ConnectionState::Connecting),
        Handshaking = quint8(ConnectionState::Handshaking),
        Synchronising = quint8(ConnectionState::Synchronising),
        Online = quint8(ConnectionState::Online),
        Degraded = quint8(ConnectionState::Degraded),
        Refused = quint8(ConnectionState::Refused),
        Untrusted = quint8(ConnectionState::Untrusted),
        Closed = quint8(ConnectionState::Closed),
    };
    Q_ENUM(Value)
};

} // namespace SocketIo
