// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/transport/latencyhistogram.h"

#include <QtCore/QMap>
#include <QtCore/QString>

namespace Hubbub
{

/// Counts over the life of the chat gateway. Thread: the server's.
struct ChatCounters {
    quint64 messagesStored = 0;
    quint64 messagesRepeated = 0; ///< sent again by a client that had missed the answer
    quint64 authenticationsRefused = 0;
    QMap<QString, quint64> failures; ///< commands that failed, by code
    EngineIo::LatencyHistogram ackLatency; ///< of send-message, stored or repeated
};

} // namespace Hubbub
