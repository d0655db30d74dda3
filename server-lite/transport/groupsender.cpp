// SPDX-License-Identifier: MIT
#include "server-lite/transport/groupsender.h"

#include "server-lite/transport/sharedcounters.h"

namespace EngineIo
{

using namespace std::chrono_literals;

namespace
{
constexpr qsizetype mergedBytes = 64 * 1024; // of messages that leave as one
constexpr std::size_t largeGroup = 512; // sessions
constexpr auto longestWait = 1ms;
} // namespace

GroupSender::GroupSender(int worker, const SessionTable &sessions, SessionHost &host, Patience patience)
    : m_worker(std::size_t(worker))
    , m_sessions(sessions)
    , m_host(host)
    , m_patience(patience)
    , m_nextTurn(host.deadlines(), [this] { m_turned = true; })
{
}

bool GroupSender::isLarge(const SendToMany &order) const
{
    return order.group->of(m_worker).size() > largeGroup;
}

void GroupSender::send(SendToMany order)
{
    const bool mayWait =
        m_patience == Patience::ForMore && order.mode == SendMode::Reliable && isLarge(order);
    if (m_waiting && mayWait && m_waiting->group == order.group && m_waiting->except == order.except) {
        m_waiting->frames.insert(m_waiting->frames.end(), std::make_move_iterator(order.frames.begin()),
                                 std::make_move_iterator(order.frames.end()));
        return;
    }
    release();
    if (!mayWait) {
        sendNow(order);
        return;
    }
    m_waiting = std::move(order);
    m_waitingSince = Clock::now();
    m_seen = m_waiting->frames.size();
    m_turned = false;
    m_nextTurn.start(0ms);
}

bool GroupSender::isDue()
{
    if (!m_waiting || !m_turned)
        return false;
    const std::size_t before = std::exchange(m_seen, m_waiting->frames.size());
    if (m_seen == before || Clock::now() - m_waitingSince > longestWait)
        return true;
    m_turned = false;
    m_nextTurn.start(0ms);
    return false;
}

void GroupSender::release()
{
    if (const auto order = std::exchange(m_waiting, std::nullopt)) {
        m_nextTurn.stop();
        sendNow(*order);
    }
}

void GroupSender::sendNow(const SendToMany &order)
{
    for (std::size_t next = 0; next < order.frames.size();) {
        std::size_t end = next + 1;
        qsizetype bytes = order.frames[next]->webSocketBytes().size();
        while (end < order.frames.size() && bytes < mergedBytes)
            bytes += order.frames[end++]->webSocketBytes().size();
        sendTo(order, end == next + 1
                          ? order.frames[next]
                          : SharedFrames::joined(std::span(order.frames).subspan(next, end - next)));
        next = end;
    }
}

void GroupSender::sendTo(const SendToMany &order, const FramesPtr &frames)
{
    quint64 receivers = 0;
    const bool atOnce = isLarge(order);
    for (const SessionHandle handle : order.group->of(m_worker)) {
        Session *session = handle == order.except ? nullptr : m_sessions.find(handle);
        if (!session)
            continue;
        const bool taken =
            atOnce ? session->sendAtOnce(frames, order.mode) : session->send(frames, order.mode);
        receivers += taken ? 1 : 0;
    }
    m_host.counters().addOut(*frames, receivers);
}

} // namespace EngineIo
