// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QtGlobal>

#include <algorithm>
#include <memory>
#include <span>
#include <vector>

namespace EngineIo
{

/// Names a session for as long as the server lives; never used twice. The worker that owns it is in the top
/// byte.
using SessionHandle = quint64;

constexpr std::size_t workerOf(SessionHandle session)
{
    return std::size_t(session >> 56);
}

/// Whom a message goes to, sorted out once for all messages to the same sessions: what is sent to one and the
/// same group in one turn leaves as one. Sessions are in the order of their places, which is about that of
/// their memory, here and in the kernel: out of order, thousands of them cost a third more. Thread: made on
/// any, immutable and shared afterwards.
class SessionGroup
{
public:
    explicit SessionGroup(std::span<const SessionHandle> sessions)
    {
        for (const SessionHandle session : sessions) {
            if (workerOf(session) >= m_byWorker.size())
                m_byWorker.resize(workerOf(session) + 1);
            m_byWorker[workerOf(session)].push_back(session);
        }
        for (auto &some : m_byWorker)
            std::sort(some.begin(), some.end());
    }

    std::size_t workers() const { return m_byWorker.size(); } ///< the last one that has any, plus one
    const std::vector<SessionHandle> &of(std::size_t worker) const { return m_byWorker[worker]; }

private:
    std::vector<std::vector<SessionHandle>> m_byWorker;
};

using GroupPtr = std::shared_ptr<const SessionGroup>;

} // namespace EngineIo
