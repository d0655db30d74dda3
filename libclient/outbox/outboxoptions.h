// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QtGlobal>

#include <chrono>

namespace Hubbub
{

/// How an Outbox keeps and tries. Thread: any; a plain value.
struct OutboxOptions {
    std::chrono::milliseconds retryDelay{1'000}; ///< after a try without an answer; doubles with each
    std::chrono::milliseconds retryDelayMax{30'000};
    double randomizationFactor = 0.5; ///< 0 to 1
    int maxTries = 10; ///< over one connection, without an answer
    std::chrono::milliseconds lifetime{0}; ///< of entries that are given none; 0 is without end
    qsizetype maxEntries = 100'000; ///< dead letters included; what comes beyond is refused
    qint64 maxBytes = 256'000'000; ///< of queue names, event names and payloads as CBOR
};

} // namespace Hubbub
