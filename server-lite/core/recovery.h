// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/arguments.h"

#include <QtCore/QCborMap>
#include <QtCore/QSet>
#include <QtCore/QString>

#include <chrono>

namespace SocketIo
{

/// Connection state recovery: a client whose connection broke gets its id, rooms and data back, and what it
/// missed. The first two have the reference server's names and defaults; the rest bound the memory of one
/// namespace. What no longer fits makes recovery fail, and the client starts anew. Thread: any; a plain
/// value.
struct RecoveryOptions {
    std::chrono::milliseconds maxDisconnectionDuration{120'000};
    bool skipMiddlewares = true; ///< of the namespace, when the recovery succeeds
    qsizetype maxPackets = 10'000; ///< events kept, the newest
    qint64 maxBytes = 16'000'000; ///< of their names and arguments, as they are in memory
    qsizetype maxSessions = 10'000; ///< clients waited for, the newest
};

/// What is left of a socket whose connection broke.
struct PersistedSession {
    QString pid; ///< its private id: who knows it is the client
    QString sid;
    QSet<QString> rooms;
    QCborMap data;
    QString offset; ///< of the last event before the client's first CONNECT, or what it said it had seen
    std::chrono::steady_clock::time_point disconnectedAt;
};

/// An event somebody missed, with its offset as the last argument.
struct MissedEvent {
    QString name;
    Arguments arguments;
};

} // namespace SocketIo
