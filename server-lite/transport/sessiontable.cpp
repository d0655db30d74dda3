// SPDX-License-Identifier: MIT
#include "server-lite/transport/sessiontable.h"

namespace EngineIo
{

SessionHandle SessionTable::nextHandle()
{
    if (m_free.empty()) {
        m_free.push_back(m_places.size());
        m_places.emplace_back();
    }
    return (SessionHandle(m_worker) << 56) | (SessionHandle(m_free.back()) << placeShift) | ++m_serial;
}

Session &SessionTable::add(std::unique_ptr<Session> session)
{
    m_free.pop_back();
    auto &place = m_places[placeOf(session->handle())];
    place = std::move(session);
    return *place;
}

std::unique_ptr<Session> SessionTable::take(SessionHandle handle)
{
    m_free.push_back(placeOf(handle));
    return std::move(m_places[placeOf(handle)]);
}

std::vector<Session *> SessionTable::all() const
{
    std::vector<Session *> sessions;
    for (const auto &place : m_places) {
        if (place)
            sessions.push_back(place.get());
    }
    return sessions;
}

} // namespace EngineIo
