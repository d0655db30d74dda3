// SPDX-License-Identifier: MIT
#include "server-lite/transport/heartbeat.h"

#include <algorithm>

namespace EngineIo
{

Heartbeat::Heartbeat(Hubbub::DeadlineQueue &queue, std::chrono::milliseconds interval,
                     std::chrono::milliseconds timeout, std::function<void()> ping,
                     std::function<void()> expired)
    : m_interval(interval)
    , m_timeout(timeout)
    , m_ping(std::move(ping))
    , m_expired(std::move(expired))
    , m_deadline(queue, [this] { fire(); })
{
}

void Heartbeat::start()
{
    m_state = State::Resting;
    m_deadline.start(m_interval);
}

void Heartbeat::stop()
{
    m_state = State::Stopped;
    m_deadline.stop();
}

void Heartbeat::otherPacketReceived()
{
    if (m_state != State::AwaitingPong)
        return;
    m_state = State::Extended;
    m_deadline.start(m_timeout);
}

void Heartbeat::transportChanged()
{
    if (m_state == State::AwaitingPong || m_state == State::Extended)
        m_deadline.start(m_timeout);
}

void Heartbeat::catchUp()
{
    // The ping may be due and the time for the pong over as well.
    m_deadline.catchUp();
    if (m_state != State::Stopped)
        m_deadline.catchUp();
}

void Heartbeat::fire()
{
    if (m_state != State::Resting) {
        m_state = State::Stopped;
        m_expired();
        return;
    }
    m_state = State::AwaitingPong;
    // Counted from when the ping was due, so that small delays do not add up; the peer still gets most of the
    // time if the loop was busy for long.
    const auto now = Hubbub::Deadline::Clock::now();
    m_deadline.startAt(std::max(m_deadline.due() + m_timeout, now + m_timeout * 3 / 4));
    m_ping();
}

} // namespace EngineIo
