// SPDX-License-Identifier: MIT
#include "server-lite/transport/readingbrake.h"

#include "server-lite/transport/sharedcounters.h"

namespace EngineIo
{

namespace
{
constexpr qsizetype messageOverhead = 128; // what a message takes besides its bytes
} // namespace

void ReadingBrake::messageMade(Session &session, qsizetype bytes)
{
    ++m_messagesMade;
    const ServerOptions &options = m_host.options();
    Session::Stretch &stretch = session.stretch();
    stretch.bytes += bytes + messageOverhead;
    if (stretch.bytes <= options.maxUnhandledBytes || stretch.paused)
        return;
    if (stretch.previousEnd <= m_backlog.delivered.load()) {
        stretch = {0, m_messagesMade, false};
    } else if (session.setReading(false)) {
        stretch.paused = true;
        m_justPaused = true;
        m_paused.push_back(session.handle());
        SharedCounters::add(m_host.counters().readingPaused);
    } else if (stretch.bytes > options.maxQueuedBytes) {
        session.close(CloseReason::TransportError, true);
    }
}

void ReadingBrake::resume()
{
    m_backlog.awaited.store(true); // before the look: what is handled after it is told of
    const quint64 delivered = m_backlog.delivered.load();
    for (const SessionHandle handle : std::exchange(m_paused, {})) {
        Session *session = m_sessions.find(handle);
        if (!session)
            continue;
        if (session->stretch().previousEnd > delivered) {
            m_paused.push_back(handle);
            continue;
        }
        session->stretch() = {0, m_messagesMade, false};
        session->setReading(true);
    }
    if (m_paused.empty())
        m_backlog.awaited.store(false);
}

void ReadingBrake::endTurn()
{
    if (std::exchange(m_justPaused, false))
        resume();
}

} // namespace EngineIo
