// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/transport/sessiontable.h"

#include <atomic>
#include <vector>

namespace EngineIo
{

/// How far the logic thread is with a worker's messages. Thread: any.
struct Backlog {
    std::atomic<quint64> delivered = 0;
    std::atomic<bool> awaited = false; ///< the worker wants to hear of the next batch that was handled
};

/// Leaves the sockets of peers alone that say more than handlers take in. Two stretches of a session's
/// messages may be under way to the handlers: when the second is full before the first was handled, its
/// socket is not read until it was. Thread: the worker's.
class ReadingBrake
{
public:
    ReadingBrake(const SessionTable &sessions, SessionHost &host, Backlog &backlog)
        : m_sessions(sessions)
        , m_host(host)
        , m_backlog(backlog)
    {
    }

    /// One more message of that session is on its way. May close the session.
    void messageMade(Session &session, qsizetype bytes);
    /// Handlers have taken some in.
    void resume();
    /// When the turn ends: what was handled before a pause is not told of again.
    void endTurn();

private:
    const SessionTable &m_sessions;
    SessionHost &m_host;
    Backlog &m_backlog;
    std::vector<SessionHandle> m_paused; ///< not read until handlers have caught up
    quint64 m_messagesMade = 0;
    bool m_justPaused = false;
};

} // namespace EngineIo
