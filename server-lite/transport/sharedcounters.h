// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/transport/sharedframes.h"

#include <atomic>

namespace EngineIo
{

/// ServerCounters as all workers count them. Thread: any.
struct SharedCounters {
    std::atomic<quint64> connectionsOpened = 0;
    std::atomic<quint64> sessionsOpened = 0;
    std::atomic<quint64> sessionsClosed = 0;
    std::atomic<quint64> messagesIn = 0;
    std::atomic<quint64> messagesOut = 0;
    std::atomic<quint64> bytesIn = 0;
    std::atomic<quint64> bytesOut = 0;
    std::atomic<quint64> volatileDropped = 0;
    std::atomic<quint64> slowClosed = 0;
    std::atomic<quint64> requestsRefused = 0;

    void addOut(const SharedFrames &frames, quint64 receivers)
    {
        add(messagesOut, frames.messages().size() * receivers);
        add(bytesOut, frames.payloadBytes() * receivers);
    }

    static void add(std::atomic<quint64> &counter, quint64 amount = 1)
    {
        counter.fetch_add(amount, std::memory_order_relaxed);
    }
};

} // namespace EngineIo
