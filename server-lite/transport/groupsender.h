// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/net/deadlinequeue.h"
#include "server-lite/transport/sessiontable.h"
#include "server-lite/transport/workermessages.h"

#include <optional>

namespace EngineIo
{

/// Sends what goes to many sessions of one worker. Messages that come together become one thing to queue and
/// one stretch of bytes to send. What goes to more sessions than the cache holds leaves as it is queued, and,
/// where handlers run on the worker's thread, first waits for as long as every turn of the loop brings more
/// of the same: looking once more costs a thousandth of sending to so many. Thread: the worker's.
class GroupSender
{
public:
    enum class Patience : quint8 { None, ForMore };

    GroupSender(int worker, const SessionTable &sessions, SessionHost &host, Patience patience);

    void send(SendToMany order);
    /// To be called before anything else is done to a session: what waits goes first.
    void release();
    /// Whether release() is due, now that the turn has brought what it did.
    bool isDue();

private:
    using Clock = Hubbub::Deadline::Clock;

    bool isLarge(const SendToMany &order) const;
    void sendNow(const SendToMany &order);
    void sendTo(const SendToMany &order, const FramesPtr &frames);

    const std::size_t m_worker;
    const SessionTable &m_sessions;
    SessionHost &m_host;
    const Patience m_patience;
    std::optional<SendToMany> m_waiting;
    Clock::time_point m_waitingSince;
    std::size_t m_seen = 0; ///< messages that waited when the loop was last asked for another turn
    bool m_turned = false;
    Hubbub::Deadline m_nextTurn;
};

} // namespace EngineIo
