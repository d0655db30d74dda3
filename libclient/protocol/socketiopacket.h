// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/arguments.h"

#include <QtCore/QCborValue>
#include <QtCore/QString>

#include <optional>

/// Socket.IO v5: namespaces, events and acks in Engine.IO messages. Thread: any; plain values.
namespace SocketIo
{

/// BINARY_EVENT (5) and BINARY_ACK (6) exist on the wire only: a packet is binary if its arguments are.
enum class PacketType : quint8 { Connect = 0, Disconnect = 1, Event = 2, Ack = 3, ConnectError = 4 };

struct Packet {
    PacketType type = PacketType::Event;
    QString nsp = QStringLiteral("/");
    std::optional<quint64> id = {}; ///< ack id: asked for by an Event, answered by an Ack
    QString name = {}; ///< Event only
    Arguments arguments = {}; ///< Event and Ack
    QCborValue data =
        QCborValue(QCborValue::Undefined); ///< Connect: auth or {sid}; ConnectError: {message, data?}
};

/// Names an application can neither emit nor receive as an event.
bool isReservedEvent(QStringView name);

} // namespace SocketIo
