// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/transport/engineserver.h"
#include "server-lite/transport/sharedframes.h"

#include <algorithm>
#include <array>
#include <atomic>

namespace EngineIo
{

/// ServerCounters as all workers count them. Thread: any.
struct SharedCounters {
    std::atomic<quint64> connectionsOpened = 0;
    std::atomic<quint64> connectionsPeak = 0;
    std::atomic<quint64> connectionsRefused = 0;
    std::atomic<quint64> sessionsOpened = 0;
    std::atomic<quint64> sessionsClosed = 0;
    std::atomic<quint64> messagesIn = 0;
    std::atomic<quint64> messagesOut = 0;
    std::atomic<quint64> bytesIn = 0;
    std::atomic<quint64> bytesOut = 0;
    std::atomic<quint64> volatileDropped = 0;
    std::atomic<quint64> slowClosed = 0;
    std::atomic<quint64> requestsRefused = 0;
    std::atomic<quint64> lostCut = 0;
    std::atomic<quint64> unsentCut = 0;
    std::atomic<quint64> readingPaused = 0;
    std::array<std::atomic<quint64>, refusalStatuses.size()> refusedByStatus{};

    void addRefusal(int status)
    {
        add(requestsRefused);
        const auto place = std::find(refusalStatuses.begin(), refusalStatuses.end() - 1, status);
        add(refusedByStatus[size_t(place - refusalStatuses.begin())]);
    }

    void addOut(const SharedFrames &frames, quint64 receivers)
    {
        add(messagesOut, frames.count() * receivers);
        add(bytesOut, frames.payloadBytes() * receivers);
    }

    static void add(std::atomic<quint64> &counter, quint64 amount = 1)
    {
        counter.fetch_add(amount, std::memory_order_relaxed);
    }
    static void raise(std::atomic<quint64> &peak, quint64 value)
    {
        quint64 known = peak.load(std::memory_order_relaxed);
        while (known < value && !peak.compare_exchange_weak(known, value, std::memory_order_relaxed)) { }
    }
};

} // namespace EngineIo
