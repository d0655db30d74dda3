// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/net/deadline.h"

#include <QtCore/QtGlobal>

namespace EngineIo
{

/// When to ping and when to give up, as the reference server does since engine.io 6.6.11: a ping every
/// interval after the last pong, then a timeout for the pong; while it runs, the first other packet starts it
/// anew, once. Thread: the worker's that owns the session.
class Heartbeat
{
public:
    Heartbeat(Hubbub::DeadlineQueue &queue, std::chrono::milliseconds interval,
              std::chrono::milliseconds timeout, std::function<void()> ping, std::function<void()> expired);

    void start();
    void stop();
    void pongReceived() { start(); }
    void otherPacketReceived();
    /// After an upgrade the peer gets the whole timeout again for a pong on its new transport.
    void transportChanged();
    /// Does at once what is due: a peer that comes too late must not win because the loop was busy.
    void catchUp();

private:
    enum class State : quint8 { Stopped, Resting, AwaitingPong, Extended };

    void fire();

    const std::chrono::milliseconds m_interval;
    const std::chrono::milliseconds m_timeout;
    std::function<void()> m_ping;
    std::function<void()> m_expired;
    Hubbub::Deadline m_deadline;
    State m_state = State::Stopped;
};

} // namespace EngineIo
