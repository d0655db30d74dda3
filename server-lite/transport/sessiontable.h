// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/transport/session.h"

namespace EngineIo
{

/// The sessions of one worker, each found by its handle without searching: the handle holds the worker in its
/// top byte, then the place in here, and then a number that tells those apart who had the place one after the
/// other. Thread: the worker's.
class SessionTable
{
public:
    explicit SessionTable(int worker)
        : m_worker(worker)
    {
    }

    /// For the session that add() gets next.
    SessionHandle nextHandle();
    Session &add(std::unique_ptr<Session> session);
    Session *find(SessionHandle handle) const
    {
        const std::size_t place = placeOf(handle);
        Session *session = place < m_places.size() ? m_places[place].get() : nullptr;
        return session && session->handle() == handle ? session : nullptr;
    }
    std::unique_ptr<Session> take(SessionHandle handle);
    bool isEmpty() const { return m_free.size() == m_places.size(); }
    std::vector<Session *> all() const;

private:
    static constexpr int placeShift = 32;
    static std::size_t placeOf(SessionHandle handle) { return std::size_t(handle >> placeShift) & 0xFF'FFFF; }

    const int m_worker;
    quint32 m_serial = 0;
    std::vector<std::unique_ptr<Session>> m_places;
    std::vector<std::size_t> m_free;
};

} // namespace EngineIo
