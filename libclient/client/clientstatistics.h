// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/client/latencies.h"

#include <QtCore/QtGlobal>

namespace SocketIo
{

/// What a Manager has counted since it was made, all namespaces together. Thread: any; a plain value.
struct ClientStatistics {
    quint64 attempts = 0; ///< to open a connection
    quint64 connections = 0; ///< that were opened
    quint64 heartbeats = 0;
    quint64 packetsSent = 0; ///< Socket.IO packets, of all types
    quint64 packetsReceived = 0;
    quint64 bytesSent = 0; ///< of their messages, without framing
    quint64 bytesReceived = 0;
    quint64 eventsSent = 0;
    quint64 eventsReceived = 0;
    quint64 answersReceived = 0;
    quint64 answersMissed = 0; ///< the deadline passed first
    quint64 volatileDropped = 0;
    quint64 refused = 0; ///< emits that came back with an error: too large, buffer full
    quint64 droppedFromBuffer = 0; ///< by BufferPolicy::DropOldest or clearBuffer()
    LatencySummary roundTrips; ///< of the newest answered events
};

} // namespace SocketIo
